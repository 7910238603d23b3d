package dev.gatefold.executor.store;

import dev.gatefold.backfill.copy.CopyTurn;
import dev.gatefold.backfill.feed.FeedEvent;
import dev.gatefold.backfill.feed.FeedPosition;
import dev.gatefold.backfill.feed.apply.LaneRecord;
import dev.gatefold.backfill.range.BadRow;
import dev.gatefold.backfill.range.Key;
import dev.gatefold.backfill.session.Transactions;
import dev.gatefold.executor.database.OwnProcess;
import dev.gatefold.executor.database.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What whoever applies a lane writes down, as long as nobody else does, and the feed is not turned
 * round. Not thread-safe.
 */
public final class LaneTable implements LaneRecord {

  private static final String LOCK_TIMEOUT = "50ms";

  private final FeedStore.Made feed;
  private final int lane;
  private final boolean announces;
  private final FeedTable table;
  private long from;
  private long behind;

  /** {@code announces} where nothing but rows of ours is written by a transaction of ours. */
  public LaneTable(FeedStore.Made feed, int lane, boolean announces) {
    this.feed = feed;
    this.lane = lane;
    this.announces = announces;
    this.table = new FeedTable(feed, announces);
  }

  @Override
  public long begin(Connection connection, long first) throws SQLException {
    Query.of(
            """
            INSERT INTO gatefold.feed_lane (rollout_id, table_oid, lane, next_event)
            VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING""",
            feed.rollout(),
            feed.table(),
            lane,
            first)
        .update(connection);
    return Query.of(
            """
            SELECT next_event FROM gatefold.feed_lane
            WHERE rollout_id = ? AND table_oid = ? AND lane = ?""",
            feed.rollout(),
            feed.table(),
            lane)
        .first(connection, row -> row.getLong(1))
        .orElseThrow(() -> new SQLException("the feed is gone"));
  }

  @Override
  public void between(long next, long end) {
    from = next;
    behind = end;
  }

  @Override
  public boolean announce(Connection connection) throws SQLException {
    // The turn first: whoever turns the feed round takes it, too, and what is asked next sees that.
    CopyTurn.patiently(CopyTurn.alone(feed.feed().rows(), lane), LOCK_TIMEOUT).run(connection);
    return Query.of(
            """
            WITH mine AS MATERIALIZED (
              SELECT FROM gatefold.feed_lane l
              JOIN gatefold.feed f USING (rollout_id, table_oid)
              WHERE l.rollout_id = ? AND l.table_oid = ? AND l.lane = ? AND l.next_event = ?
                AND f.turned = ? AND f.given_up IS NULL AND NOT f.in_repair
              FOR UPDATE OF l)
            SELECT CASE WHEN ? THEN pg_logical_emit_message(true, ?, ?) IS NOT NULL ELSE true END
            FROM mine""",
            feed.rollout(),
            feed.table(),
            lane,
            from,
            feed.turned(),
            announces,
            feed.slot(),
            Transactions.OWN)
        .isTrue(connection);
  }

  @Override
  public boolean passed(
      Connection connection, FeedPosition position, Optional<FeedEvent.Said> heard)
      throws SQLException {
    boolean mine =
        Query.of(
                    """
                UPDATE gatefold.feed_lane l
                SET next_event = ?, moved_at = clock_timestamp(), applier = ?,
                    heard = greatest('0/0'::pg_lsn + ?::numeric, l.heard),
                    heard_said_at = greatest(
                      to_timestamp(substring(?::text FROM '^[0-9]+$')::numeric / 1000000),
                      l.heard_said_at)
                FROM gatefold.feed f
                WHERE (l.rollout_id, l.table_oid) = (f.rollout_id, f.table_oid)
                  AND l.rollout_id = ? AND l.table_oid = ? AND l.lane = ? AND l.next_event = ?
                  AND f.turned = ? AND f.given_up IS NULL AND NOT f.in_repair""",
                    behind,
                    OwnProcess.words(),
                    heard.map(said -> said.position().at()),
                    heard.map(FeedEvent.Said::words),
                    feed.rollout(),
                    feed.table(),
                    lane,
                    from,
                    feed.turned())
                .update(connection)
            == 1;
    if (mine) {
      // What is tried again afterwards is. Should the commit fail, the lane is taken anew.
      from = behind;
    }
    return mine;
  }

  @Override
  public void pending(Connection connection, BadRow row) throws SQLException {
    table.pending(connection, row, OptionalInt.of(lane));
  }

  @Override
  public void settled(Connection connection, List<Key> rows) throws SQLException {
    table.settled(connection, rows);
  }

  /** Those of the lane: the others are tried again by whoever has theirs. */
  @Override
  public List<Key> pending(Connection connection) throws SQLException {
    return table.pending(connection, OptionalInt.of(lane));
  }
}
