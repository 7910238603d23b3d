package dev.gatefold.backfill.feed.debezium;

/** Carries what a consumer threw out of the engine. */
final class FeedBrokenException extends RuntimeException {

  private static final long serialVersionUID = 1;

  FeedBrokenException(Exception cause) {
    super(cause.getMessage(), cause);
  }
}
