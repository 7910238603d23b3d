package dev.gatefold.executor.journey;

/** What others do while a stage is under way. */
@FunctionalInterface
interface Interference {
  void happen() throws Exception;
}
