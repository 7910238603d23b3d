package dev.gatefold.executor.demo;

/** The story did not go as it is told. */
final class StoryFailure extends Exception {

  private static final long serialVersionUID = 1L;

  StoryFailure(String message) {
    super(message);
  }
}
