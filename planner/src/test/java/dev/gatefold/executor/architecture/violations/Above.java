package dev.gatefold.executor.architecture.violations;

/** Stands for any class of a module that the planner must not know. */
public final class Above {
  private Above() {}
}
