package dev.gatefold.executor.twin;

/** Which of the two names of a column applications may use at a time. */
enum Names {
  OLD,
  EITHER,
  NEW
}
