package dev.gatefold.executor.standby;

/** A standby could not be asked; the message says why, without a password. */
public final class UnseenException extends Exception {

  private static final long serialVersionUID = 1L;

  UnseenException(String reason) {
    super(reason);
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
