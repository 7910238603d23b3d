package dev.gatefold.planner.change;

import java.util.OptionalLong;

/** What keeps the two shapes of a column in step while both live. */
public sealed interface SyncChoice {

  /** Triggers: within the transaction that writes, both ways. */
  record Triggers() implements SyncChoice {}

  /**
   * A change feed from the server's log: a moment later, and one way at a time.
   *
   * @param giveUpAt with more bytes of log than this kept for it, the feed is given up rather than
   *     the disk filled; without it, the server alone decides
   */
  record ChangeFeed(OptionalLong giveUpAt) implements SyncChoice {}

  /** Unless a file says something else. */
  static SyncChoice byDefault() {
    return new Triggers();
  }

  default boolean isFeed() {
    return this instanceof ChangeFeed;
  }
}
