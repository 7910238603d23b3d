package dev.gatefold.backfill.throttle.signal;

import dev.gatefold.backfill.session.BoundStatement;
import dev.gatefold.backfill.throttle.Pressure;
import dev.gatefold.planner.change.SignalName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/**
 * Who waits for a row that the backfill has locked, or for the table. The locks are visible to
 * everybody. There is no limit: nobody shall wait, and a batch is short.
 */
final class LockWaits implements Signal {

  /** Others contend for rows among themselves: each row of ours less is one less to wait for. */
  private static final double AMONG_OTHERS = 0.25;

  /** A transaction that waits for a row waits for the number of whoever has changed it. */
  private static final String WAITS =
      """
      WITH tables AS MATERIALIZED (%s),
      ours AS MATERIALIZED (
        SELECT a.pid FROM pg_stat_activity a WHERE a.pid = pg_backend_pid() OR %s),
      locks AS MATERIALIZED (SELECT * FROM pg_locks),
      waits AS (
        SELECT w.waitstart, w.locktype,
          w.transactionid IN (SELECT h.transactionid FROM locks h
                              WHERE h.granted AND h.transactionid IS NOT NULL
                                AND h.pid IN (SELECT pid FROM ours)) AS for_us,
          w.relation IN (SELECT * FROM tables) AND w.database = d.oid AS for_table
        FROM locks w, pg_database d
        WHERE NOT w.granted AND d.datname = current_database()
          AND w.pid NOT IN (SELECT pid FROM ours))
      SELECT count(*) FILTER (WHERE for_us) AS for_us,
             count(*) FILTER (WHERE for_table AND locktype = 'relation') AS for_table,
             count(*) FILTER (WHERE for_table AND locktype <> 'relation') AS for_rows,
             coalesce((extract(epoch FROM clock_timestamp() - min(waitstart)) * 1000)::bigint, 0)
               AS longest
      FROM waits WHERE for_us OR for_table"""
          .formatted(Ours.TABLES, Ours.A);

  private final BoundStatement waits;
  private final Hysteresis hysteresis = new Hysteresis();

  LockWaits(long table) {
    this.waits = BoundStatement.of(WAITS, List.of(Long.toString(table)));
  }

  @Override
  public SignalName name() {
    return SignalName.LOCK_WAITS;
  }

  @Override
  public Pressure measure(Connection connection) throws SQLException {
    return waits.query(connection, rows -> pressure(Rows.one(rows)));
  }

  private Pressure pressure(ResultSet row) throws SQLException {
    long forUs = row.getLong("for_us");
    long forTable = row.getLong("for_table");
    String longest =
        ", the longest for " + Figures.time(Duration.ofMillis(Math.max(0, row.getLong("longest"))));
    if (hysteresis.passed(forUs + forTable > 0 ? 2 : 0)) {
      return Pressure.hold(
          forTable > 0
              ? "%d sessions wait for a lock on the table%s".formatted(forTable, longest)
              : forUs > 0
                  ? "%d sessions wait for rows of the backfill%s".formatted(forUs, longest)
                  : "a session has just waited for the backfill or its table");
    }
    long forRows = row.getLong("for_rows");
    return forRows == 0
        ? Pressure.NONE
        : Pressure.slow(
            AMONG_OTHERS, "%d sessions wait for rows of the table%s".formatted(forRows, longest));
  }
}
