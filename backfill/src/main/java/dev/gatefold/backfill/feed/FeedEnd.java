package dev.gatefold.backfill.feed;

/** How a feed came to its end. */
public sealed interface FeedEnd {

  /** Somebody has closed it. */
  record Closed() implements FeedEnd {}

  /**
   * It could not go on; what was not taken is told again by the next one.
   *
   * @param reason in words, for people
   */
  record Broken(String reason) implements FeedEnd {}

  /**
   * Something that was to be told is there no more: no other will tell it.
   *
   * @param reason in words, for people
   */
  record Lost(String reason) implements FeedEnd {}
}
