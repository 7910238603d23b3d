package dev.gatefold.planner.change;

/** A change file that cannot be read as one. The message names file, line and key. */
public final class ChangeFileException extends Exception {

  private static final long serialVersionUID = 1L;

  public ChangeFileException(String message) {
    super(message);
  }
}
