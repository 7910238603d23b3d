package dev.gatefold.backfill.feed;

import java.util.Comparator;

/**
 * Where a change stands among all others. Transactions are told in the order of their commits, and
 * each whole: so a change comes after another one if its transaction committed after a later
 * commit, or else if it stands later in the log. The place in the log alone would not do: of two
 * transactions the one that began first may commit last. Immutable and thread-safe.
 *
 * @param after the last commit before the change's transaction was told, in bytes since the
 *     beginning of all log
 * @param at the place of the change itself
 */
public record FeedPosition(long after, long at) implements Comparable<FeedPosition> {

  private static final Comparator<FeedPosition> ORDER =
      Comparator.comparingLong(FeedPosition::after).thenComparingLong(FeedPosition::at);

  @Override
  public int compareTo(FeedPosition other) {
    return ORDER.compare(this, other);
  }
}
