package dev.gatefold.backfill.feed.kafka;

/** A topic does not have any more what was to be applied. */
final class LostEventsException extends RuntimeException {

  private static final long serialVersionUID = 1;

  LostEventsException(String message) {
    super(message);
  }
}
