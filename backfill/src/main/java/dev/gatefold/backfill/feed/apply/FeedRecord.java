package dev.gatefold.backfill.feed.apply;

import dev.gatefold.backfill.feed.FeedEvent;
import dev.gatefold.backfill.feed.FeedPosition;
import dev.gatefold.backfill.range.BadRow;
import dev.gatefold.backfill.range.Key;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * What is written down of a feed, each in the transaction that applies what it told. Not
 * thread-safe.
 */
public interface FeedRecord {

  /**
   * Before anything is written: sees to it that nobody takes the feed over until the transaction
   * ends; and says in the log that what it writes is no application's, unless triggers of users may
   * write something as well.
   *
   * @return false where the feed is another reader's by now: nothing may be written
   */
  boolean announce(Connection connection) throws SQLException;

  /**
   * All up to there is applied.
   *
   * @param heard the last word of ours on the way
   * @return false where the feed is another reader's by now: nothing may be written
   */
  boolean passed(Connection connection, FeedPosition position, Optional<FeedEvent.Said> heard)
      throws SQLException;

  /** A row has no value where it should have one, and why. */
  void pending(Connection connection, BadRow row) throws SQLException;

  /** Those rows have one, or are gone. */
  void settled(Connection connection, List<Key> rows) throws SQLException;

  /** The rows that have no value. */
  List<Key> pending(Connection connection) throws SQLException;
}
