package dev.gatefold.planner.change;

import java.util.OptionalInt;
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
   * @param lanes through so many partitions of a topic of Kafka's; empty where whoever reads the
   *     log applies what it tells
   */
  record ChangeFeed(OptionalLong giveUpAt, OptionalInt lanes) implements SyncChoice {}

  /** Unless a file says something else. */
  static SyncChoice byDefault() {
    return new Triggers();
  }

  default boolean isFeed() {
    return this instanceof ChangeFeed;
  }

  /** Whether changes go through Kafka on their way. */
  default boolean isThroughKafka() {
    return this instanceof ChangeFeed feed && feed.lanes().isPresent();
  }
}
