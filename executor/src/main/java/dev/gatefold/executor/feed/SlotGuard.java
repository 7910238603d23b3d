package dev.gatefold.executor.feed;

import dev.gatefold.executor.database.Query;
import dev.gatefold.executor.database.Transaction;
import dev.gatefold.executor.store.FeedStore.Made;
import dev.gatefold.executor.store.LaneStore.Topic;
import dev.gatefold.executor.store.Notice;
import dev.gatefold.executor.store.Stores;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Gives a feed up for which the server keeps more log than the change allows: a rollout can be
 * rolled back, a full disk stops the server. Stateless and thread-safe.
 */
final class SlotGuard {

  private final Stores stores = Stores.create();

  /** Whether the feed is given up; its slot is dropped then, and with it what was kept for it. */
  boolean givesUp(Connection connection, Made made) throws SQLException {
    Optional<String> reason = tooMuch(connection, made);
    if (reason.isEmpty()) {
      return false;
    }
    boolean ours = Transaction.in(connection, () -> record(connection, made, reason.get()));
    if (ours) {
      drop(connection, made);
    }
    return ours;
  }

  /**
   * Drops its slot, if it is there: not while an engine of ours begins to read, which would make
   * one that it does not find.
   */
  void drop(Connection connection, Made made) throws SQLException {
    Query.of(made.feed().dropSlot()).update(connection);
  }

  /** The same where what is to be applied is gone from its topic. */
  void givesUpFor(Connection connection, Made made, Topic topic, String reason)
      throws SQLException {
    boolean ours =
        Transaction.in(
            connection,
            () ->
                stores.lanes().giveUp(connection, made, topic, reason)
                    && told(connection, made, reason));
    if (ours) {
      drop(connection, made);
    }
  }

  private boolean record(Connection connection, Made made, String reason) throws SQLException {
    return stores.feeds().giveUp(connection, made, reason) && told(connection, made, reason);
  }

  private boolean told(Connection connection, Made made, String reason) throws SQLException {
    stores.history().add(connection, made.rollout(), "feed-given-up", reason);
    stores.notifications().add(connection, made.rollout(), Notice.failed(reason));
    return true;
  }

  /** Why it has to be given up; empty where it has not. */
  Optional<String> tooMuch(Connection connection, Made made) throws SQLException {
    return made.feed().giveUpAt().isEmpty()
        ? Optional.empty()
        : tooMuch(connection, made, made.feed().giveUpAt().getAsLong());
  }

  private static Optional<String> tooMuch(Connection connection, Made made, long limit)
      throws SQLException {
    return Query.of(
            """
            SELECT format('the server kept %s of log for the change feed of %s, and the change allows %s',
                          pg_size_pretty(k.kept), ?, pg_size_pretty(?::bigint))
            FROM (SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), restart_lsn)::bigint AS kept
                  FROM pg_replication_slots
                  WHERE slot_name = ? AND database = current_database()) k
            WHERE k.kept > ?""",
            made.feed().rows().table().toString(), limit, made.slot(), limit)
        .first(connection, row -> row.getString(1));
  }
}
