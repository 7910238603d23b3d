package dev.gatefold.testing.server;

/** No container with a server came about; the message says why, in a clause. */
final class NoContainerException extends Exception {

  private static final long serialVersionUID = 1;

  NoContainerException(String message) {
    super(message);
  }

  NoContainerException(String message, Throwable cause) {
    super(message, cause);
  }
}
