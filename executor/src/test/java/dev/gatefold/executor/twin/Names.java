package dev.gatefold.executor.twin;

/** Which of the two names of a column applications may use at a time. */
enum Names {
  OLD,
  EITHER,
  NEW,
  /**
   * The old one as long as it is there: of two that follow each other, one is nobody's to write.
   */
  WHICHEVER_IS_THERE
}
