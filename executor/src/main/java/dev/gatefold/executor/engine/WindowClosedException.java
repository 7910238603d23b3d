package dev.gatefold.executor.engine;

/** The window of a backfill has closed. */
public final class WindowClosedException extends RuntimeException {

  WindowClosedException(String words) {
    super(words);
  }

  /** When it opens. */
  public String words() {
    return String.valueOf(getMessage());
  }
}
