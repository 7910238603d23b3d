package dev.gatefold.executor.store;

import dev.gatefold.backfill.feed.FeedEvent;
import dev.gatefold.backfill.feed.FeedPosition;
import dev.gatefold.backfill.feed.apply.FeedRecord;
import dev.gatefold.backfill.range.BadRow;
import dev.gatefold.backfill.range.Key;
import dev.gatefold.backfill.session.Transactions;
import dev.gatefold.executor.database.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What a reader of a feed writes down as long as it is its reader. Thread-safe. */
public final class FeedTable implements FeedRecord {

  private final FeedStore.Made feed;
  private final boolean announces;

  /** {@code announces} where nothing but rows of ours is written by a transaction of ours. */
  public FeedTable(FeedStore.Made feed, boolean announces) {
    this.feed = feed;
    this.announces = announces;
  }

  @Override
  public boolean announce(Connection connection) throws SQLException {
    // The row first: whoever turns the feed round writes it, and is waited for.
    return Query.of(
            """
            WITH mine AS MATERIALIZED (
              SELECT FROM gatefold.feed
              WHERE rollout_id = ? AND table_oid = ? AND fence = ? FOR SHARE)
            SELECT CASE WHEN ? THEN pg_logical_emit_message(true, ?, ?) IS NOT NULL ELSE true END
            FROM mine""",
            feed.rollout(),
            feed.table(),
            feed.fence(),
            announces,
            feed.slot(),
            Transactions.OWN)
        .isTrue(connection);
  }

  @Override
  public boolean passed(
      Connection connection, FeedPosition position, Optional<FeedEvent.Said> heard)
      throws SQLException {
    return Query.of(
                """
                UPDATE gatefold.feed
                SET applied_after = '0/0'::pg_lsn + ?::numeric,
                    applied_at = '0/0'::pg_lsn + ?::numeric,
                    heard = coalesce('0/0'::pg_lsn + ?::numeric, heard),
                    heard_said_at = coalesce(
                      to_timestamp(substring(?::text FROM '^[0-9]+$')::numeric / 1000000), heard_said_at)
                WHERE rollout_id = ? AND table_oid = ? AND fence = ?""",
                position.after(),
                position.at(),
                heard.map(said -> said.position().at()),
                heard.map(FeedEvent.Said::words),
                feed.rollout(),
                feed.table(),
                feed.fence())
            .update(connection)
        == 1;
  }

  @Override
  public void pending(Connection connection, BadRow row) throws SQLException {
    pending(connection, row, OptionalInt.empty());
  }

  /** {@code lane} is that of whoever tries it again. */
  void pending(Connection connection, BadRow row, OptionalInt lane) throws SQLException {
    Query.of(
            """
            INSERT INTO gatefold.feed_pending (rollout_id, table_oid, key, reason, lane)
            VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (rollout_id, table_oid, key) DO UPDATE
            SET reason = EXCLUDED.reason, lane = EXCLUDED.lane""",
            feed.rollout(),
            feed.table(),
            row.key().values(),
            row.reason(),
            number(lane))
        .update(connection);
  }

  private static Optional<Integer> number(OptionalInt lane) {
    return lane.isPresent() ? Optional.of(lane.getAsInt()) : Optional.empty();
  }

  @Override
  public void settled(Connection connection, List<Key> rows) throws SQLException {
    for (Key row : rows) {
      Query.of(
              """
              DELETE FROM gatefold.feed_pending
              WHERE rollout_id = ? AND table_oid = ? AND key = ?""",
              feed.rollout(),
              feed.table(),
              row.values())
          .update(connection);
    }
  }

  @Override
  public List<Key> pending(Connection connection) throws SQLException {
    return pending(connection, OptionalInt.empty());
  }

  /** Those of one lane, or all. */
  List<Key> pending(Connection connection, OptionalInt lane) throws SQLException {
    return Query.of(
            """
            SELECT key FROM gatefold.feed_pending
            WHERE rollout_id = ? AND table_oid = ? AND coalesce(lane = ?, true)
            ORDER BY since, key""",
            feed.rollout(),
            feed.table(),
            number(lane))
        .list(connection, row -> new Key(List.of((String[]) row.getArray(1).getArray())));
  }
}
