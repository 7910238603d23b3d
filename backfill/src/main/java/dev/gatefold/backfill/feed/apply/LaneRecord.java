package dev.gatefold.backfill.feed.apply;

import java.sql.Connection;
import java.sql.SQLException;

/** What is written down of one lane of a feed. Not thread-safe. */
public interface LaneRecord extends FeedRecord {

  /**
   * Takes the lane, whoever has it.
   *
   * @param first the number of the first event that there is
   * @return the number of the first that is not applied; {@code first} where none ever was
   */
  long begin(Connection connection, long first) throws SQLException;

  /** What is applied next, and passed, are the events from one number on and before another. */
  void between(long next, long end);
}
