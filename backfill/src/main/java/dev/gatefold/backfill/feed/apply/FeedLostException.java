package dev.gatefold.backfill.feed.apply;

/** Another one reads the feed by now. */
final class FeedLostException extends Exception {

  private static final long serialVersionUID = 1;

  FeedLostException() {
    super("another process reads the feed by now");
  }
}
