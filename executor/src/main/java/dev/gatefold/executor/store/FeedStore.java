package dev.gatefold.executor.store;

import dev.gatefold.executor.database.Query;
import dev.gatefold.planner.plan.Feed;
import dev.gatefold.planner.plan.PlanJson;
import dev.gatefold.planner.plan.Sync;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The change feeds of rollouts, and who reads them. Stateless and thread-safe. */
public final class FeedStore {

  /** Whoever reads a feed and has not said so for this long is taken to be gone. */
  private static final Duration LEASE = Duration.ofSeconds(15);

  /**
   * A row that two others stand in the way of, since they have not traded their unique values yet,
   * has been tried again more than once by then.
   */
  static final String TRIED_AGAIN = "interval '10 s'";

  static final String COLUMNS =
      """
      f.rollout_id, f.table_oid, f.slot, f.plan, f.fence, f.turned,
      (SELECT s.ever_both FROM gatefold.sync s
       WHERE s.rollout_id = f.rollout_id AND s.table_oid = f.table_oid) AS ever_both""";

  /**
   * A feed as it is now.
   *
   * @param slot the whole name
   * @param fence of whoever reads it
   * @param turned how often its plan has changed
   * @param everBoth whether new applications may have written
   */
  public record Made(
      long rollout,
      long table,
      String slot,
      Feed feed,
      long fence,
      long turned,
      boolean everBoth) {}

  /** Writes down what a step made of a feed; in the step's own transaction. */
  public void record(Connection connection, long rollout, Sync sync) throws SQLException {
    if (sync.mode().isEmpty()) {
      Query.of(
              "DELETE FROM gatefold.feed WHERE rollout_id = ? AND table_oid = ?",
              rollout,
              sync.oid())
          .update(connection);
    } else if (sync.feed().isPresent()) {
      Feed feed = sync.feed().get();
      Query.of(
              """
              INSERT INTO gatefold.feed (rollout_id, table_oid, slot, plan)
              SELECT ?, ?, ? || '_' || d.oid, ?::jsonb
              FROM pg_database d WHERE d.datname = current_database()
              -- A reader that goes by the plan of before must not write any more.
              ON CONFLICT (rollout_id, table_oid) DO UPDATE
              SET plan = EXCLUDED.plan, fence = feed.fence + 1, turned = feed.turned + 1,
                  read_until = NULL""",
              rollout,
              sync.oid(),
              feed.slot().value(),
              PlanJson.write(feed))
          .update(connection);
    }
  }

  public List<Made> list(Connection connection, long rollout) throws SQLException {
    return Query.of(
            "SELECT %s FROM gatefold.feed f WHERE f.rollout_id = ? ORDER BY f.table_oid"
                .formatted(COLUMNS),
            rollout)
        .list(connection, FeedStore::made);
  }

  public Optional<Made> find(Connection connection, long rollout, long table) throws SQLException {
    return list(connection, rollout).stream().filter(it -> it.table() == table).findFirst();
  }

  /** Those that nobody reads. */
  public List<Made> unread(Connection connection) throws SQLException {
    return Query.of(
            """
            SELECT %s FROM gatefold.feed f
            WHERE coalesce(f.read_until < clock_timestamp(), true)
              AND f.given_up IS NULL AND NOT f.in_repair
            ORDER BY f.rollout_id, f.table_oid"""
                .formatted(COLUMNS))
        .list(connection, FeedStore::made);
  }

  /** Takes a feed over, whoever reads it; empty where it is gone. */
  public Optional<Made> takeOver(Connection connection, long rollout, long table, String reader)
      throws SQLException {
    return take(connection, rollout, table, reader, "true");
  }

  /** Takes a feed over that nobody reads; empty for any other. */
  public Optional<Made> takeUnread(Connection connection, long rollout, long table, String reader)
      throws SQLException {
    return take(
        connection, rollout, table, reader, "coalesce(f.read_until < clock_timestamp(), true)");
  }

  private static Optional<Made> take(
      Connection connection, long rollout, long table, String reader, String when)
      throws SQLException {
    return Query.of(
            """
            UPDATE gatefold.feed f
            SET fence = fence + 1, reader = ?, read_until = clock_timestamp() + ?::interval
            WHERE f.rollout_id = ? AND f.table_oid = ? AND f.given_up IS NULL AND NOT f.in_repair AND %s
            RETURNING %s"""
                .formatted(when, COLUMNS),
            reader,
            LEASE.toString(),
            rollout,
            table)
        .first(connection, FeedStore::made);
  }

  /** The same feed once more, as it is now; empty where it is another reader's, or gone. */
  public Optional<Made> renew(Connection connection, Made made) throws SQLException {
    return Query.of(
            """
            UPDATE gatefold.feed f SET read_until = clock_timestamp() + ?::interval
            WHERE f.rollout_id = ? AND f.table_oid = ? AND f.fence = ?
            RETURNING %s"""
                .formatted(COLUMNS),
            LEASE.toString(),
            made.rollout(),
            made.table(),
            made.fence())
        .first(connection, FeedStore::made);
  }

  /**
   * What changes while a feed gets on.
   *
   * @param applied how far it is applied
   * @param sent how far the server has told its log, and no further than asked
   */
  public record Mark(String applied, String sent) {

    public static final Mark NONE = new Mark("", "");
  }

  /** {@code place} in the log is what whoever asks waits for: what is said later is no progress. */
  public Mark mark(Connection connection, Made made, String place) throws SQLException {
    return Query.of(
            """
            SELECT concat_ws(' ', f.applied_after, f.applied_at, f.heard),
                   coalesce(least(r.sent_lsn, ?::pg_lsn)::text, '')
            FROM gatefold.feed f
            LEFT JOIN pg_replication_slots s ON s.slot_name = f.slot
            LEFT JOIN pg_stat_replication r ON r.pid = s.active_pid
            WHERE f.rollout_id = ? AND f.table_oid = ?""",
            place,
            made.rollout(),
            made.table())
        .first(connection, row -> new Mark(row.getString(1), row.getString(2)))
        .orElse(Mark.NONE);
  }

  /** Why the feed had to begin anew; empty once it has got on. */
  public void trouble(Connection connection, Made made, Optional<String> reason)
      throws SQLException {
    Query.of(
            """
            UPDATE gatefold.feed SET trouble = ?
            WHERE rollout_id = ? AND table_oid = ? AND fence = ?
              AND trouble IS DISTINCT FROM ?""",
            reason,
            made.rollout(),
            made.table(),
            made.fence(),
            reason)
        .mention(connection);
  }

  /** Takes away what is left of the feeds of a rollout whose tables were dropped. */
  public void forget(Connection connection, long rollout) throws SQLException {
    for (Made made : list(connection, rollout)) {
      Query.of("DROP PUBLICATION IF EXISTS " + made.feed().publication().quoted())
          .update(connection);
      Query.of(
              "DELETE FROM gatefold.feed WHERE rollout_id = ? AND table_oid = ?",
              rollout,
              made.table())
          .update(connection);
      Query.of(made.feed().dropSlot()).update(connection);
    }
  }

  /**
   * Writes down that a feed is given up: nobody may read it from then on.
   *
   * @return false where somebody has done so before
   */
  public boolean giveUp(Connection connection, Made made, String reason) throws SQLException {
    return Query.of(
                """
                UPDATE gatefold.feed
                SET given_up = ?, fence = fence + 1, read_until = NULL
                WHERE rollout_id = ? AND table_oid = ? AND fence = ?
                  AND given_up IS NULL AND NOT in_repair""",
                reason,
                made.rollout(),
                made.table(),
                made.fence())
            .update(connection)
        == 1;
  }

  /** Those that were given up; the slot of one may still be there. */
  public List<Made> givenUp(Connection connection) throws SQLException {
    return Query.of(
            "SELECT %s FROM gatefold.feed f WHERE f.given_up IS NOT NULL AND NOT f.in_repair"
                .formatted(COLUMNS))
        .list(connection, FeedStore::made);
  }

  /** Keeps everybody from a feed whose publication and slot are about to be made anew. */
  public void repairing(Connection connection, long rollout, long table) throws SQLException {
    Query.of(
            """
            UPDATE gatefold.feed
            SET in_repair = true, given_up = NULL, fence = fence + 1, read_until = NULL
            WHERE rollout_id = ? AND table_oid = ?""",
            rollout,
            table)
        .update(connection);
  }

  /** Both are there. */
  public void repaired(Connection connection, long rollout, long table) throws SQLException {
    Query.of(
            """
            UPDATE gatefold.feed SET in_repair = false, trouble = NULL
            WHERE rollout_id = ? AND table_oid = ?""",
            rollout,
            table)
        .update(connection);
  }

  /** Lets others read it at once. */
  public void leave(Connection connection, Made made) throws SQLException {
    Query.of(
            """
            UPDATE gatefold.feed SET read_until = NULL
            WHERE rollout_id = ? AND table_oid = ? AND fence = ?""",
            made.rollout(),
            made.table(),
            made.fence())
        .update(connection);
  }

  static Made made(ResultSet row) throws SQLException {
    return new Made(
        row.getLong("rollout_id"),
        row.getLong("table_oid"),
        row.getString("slot"),
        PlanJson.readFeed(row.getString("plan")),
        row.getLong("fence"),
        row.getLong("turned"),
        row.getBoolean("ever_both"));
  }

  /**
   * Says a word in the log, outside of any transaction, and lets it be read at once.
   *
   * @return a place in the log that is no later: what was committed before lies before it
   */
  public String say(Connection connection, String slot, String word) throws SQLException {
    // A transaction with a number waits for the disk, and the reader is told no more of the log
    // than is there.
    return Query.of(
            """
            WITH before AS MATERIALIZED (
              SELECT pg_current_wal_insert_lsn() AS at, pg_current_xact_id() AS number)
            SELECT b.at FROM before b
            WHERE pg_logical_emit_message(false, ?, ?) > b.at""",
            slot,
            word)
        .first(connection, row -> row.getString(1))
        .orElseThrow();
  }

  /** The time by the server's clock, as text that it reads back. */
  public String time(Connection connection) throws SQLException {
    return Query.of("SELECT clock_timestamp()::text")
        .first(connection, row -> row.getString(1))
        .orElseThrow();
  }

  /** Whether there are rows without a value since before a time that may get one by themselves. */
  public boolean mayPass(Connection connection, long rollout, long table, String time)
      throws SQLException {
    return Query.of(
            """
            SELECT EXISTS (
              SELECT FROM gatefold.feed_pending
              WHERE rollout_id = ? AND table_oid = ?
                AND since BETWEEN clock_timestamp() - %s AND ?::timestamptz)"""
                .formatted(TRIED_AGAIN),
            rollout,
            table,
            time)
        .isTrue(connection);
  }

  /** How many rows have no value. */
  public long pending(Connection connection, Made made) throws SQLException {
    return Query.of(
            "SELECT count(*) FROM gatefold.feed_pending WHERE rollout_id = ? AND table_oid = ?",
            made.rollout(),
            made.table())
        .first(connection, row -> row.getLong(1))
        .orElseThrow();
  }

  /** A word that says when it is said. */
  public String sayTime(Connection connection, String slot) throws SQLException {
    String now =
        Query.of("SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint::text")
            .first(connection, row -> row.getString(1))
            .orElseThrow();
    return say(connection, slot, now);
  }

  /** Some rows that have no value, with the reason, for people. */
  public String pendingWords(Connection connection, Made made) throws SQLException {
    return Query.of(
            """
            SELECT string_agg(w.words, '; ') FROM (
              SELECT format('%s (%s)', array_to_string(key, ', '), reason) AS words
              FROM gatefold.feed_pending WHERE rollout_id = ? AND table_oid = ?
              ORDER BY since, key LIMIT 5) w""",
            made.rollout(), made.table())
        .first(connection, row -> Optional.ofNullable(row.getString(1)).orElse(""))
        .orElse("");
  }

  /** Whether a feed has come by a place in the log. */
  public boolean hasHeard(Connection connection, long rollout, long table, String place)
      throws SQLException {
    return Query.of(
            """
            SELECT coalesce(heard >= ?::pg_lsn, false) FROM gatefold.feed_progress
            WHERE rollout_id = ? AND table_oid = ?""",
            place,
            rollout,
            table)
        .isTrue(connection);
  }
}
