package dev.gatefold.backfill.throttle.signal;

import dev.gatefold.backfill.session.BoundStatement;
import dev.gatefold.backfill.throttle.Pressure;
import dev.gatefold.planner.change.SignalName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalLong;

/** How many dead rows the table has, and whether a vacuum that cannot be put off works on it. */
final class DeadRows implements Signal {

  /**
   * 200 % of the live rows: a backfill leaves 100 % by itself, if no vacuum runs meanwhile, and
   * must not slow itself down on an idle server.
   */
  static final long DEFAULT = 200;

  /** Queues of a few rows have many dead ones for each, and are cleaned in no time. */
  private static final long FEW = 100_000;

  /** A quarter of the time: the vacuum has the disk to itself for most of it. */
  private static final double BESIDE_VACUUM = 0.25;

  private static final double PERCENT = 100.0;

  /** All of it is visible to everybody, of a vacuum at least its process. */
  private static final String ROWS =
      """
      SELECT coalesce(sum(s.n_dead_tup), 0)::bigint AS dead,
        coalesce(sum(greatest(s.n_live_tup, c.reltuples::bigint)), 0)::bigint AS live,
        coalesce(bool_or(
          age(c.relfrozenxid) > least(
            current_setting('autovacuum_freeze_max_age')::bigint,
            (SELECT o.option_value::bigint FROM pg_options_to_table(c.reloptions) o
             WHERE o.option_name = 'autovacuum_freeze_max_age'))
          AND EXISTS (
            SELECT FROM pg_locks l JOIN pg_stat_progress_vacuum v ON v.pid = l.pid
            WHERE l.relation = c.oid AND l.granted AND l.mode = 'ShareUpdateExclusiveLock'
              AND l.database = (SELECT oid FROM pg_database
                                WHERE datname = current_database()))), false) AS freezing,
        coalesce(bool_or(NOT current_setting('autovacuum')::boolean OR coalesce(
            (SELECT NOT o.option_value::boolean FROM pg_options_to_table(c.reloptions) o
             WHERE o.option_name = 'autovacuum_enabled'), false)), false) AS never
      FROM pg_stat_all_tables s JOIN pg_class c ON c.oid = s.relid
      WHERE c.relkind IN ('r', 'm') AND s.relid IN (%s)"""
          .formatted(Ours.TABLES);

  private final BoundStatement rows;
  private final OptionalLong limit;
  private final Hysteresis hysteresis = new Hysteresis();

  /** {@code limit} is in percent of the live rows. */
  DeadRows(long table, OptionalLong limit) {
    this.rows = BoundStatement.of(ROWS, List.of(Long.toString(table)));
    this.limit = limit;
  }

  @Override
  public SignalName name() {
    return SignalName.DEAD_ROWS;
  }

  @Override
  public boolean movesSlowly() {
    return true;
  }

  @Override
  public Pressure measure(Connection connection) throws SQLException {
    return rows.query(connection, it -> pressure(Rows.one(it)));
  }

  private Pressure pressure(ResultSet row) throws SQLException {
    Pressure freezing =
        row.getBoolean("freezing")
            ? Pressure.slow(
                BESIDE_VACUUM, "a vacuum to prevent transaction-id wraparound works on the table")
            : Pressure.NONE;
    long dead = row.getLong("dead");
    long percent = limit.orElse(DEFAULT);
    double allowed = row.getLong("live") * percent / PERCENT + (limit.isPresent() ? 0 : FEW);
    if (!hysteresis.passed(dead / Math.max(1, allowed))) {
      return freezing;
    }
    String reason =
        "the table has %d dead rows, %.0f %% of its live ones; at most %d %% are allowed%s"
            .formatted(
                dead,
                PERCENT * dead / Math.max(1, row.getLong("live")),
                percent,
                row.getBoolean("never") ? ", and autovacuum is off: VACUUM it" : "");
    // Nobody asked to wait for a vacuum, which a long transaction may keep from doing anything.
    return freezing.and(
        limit.isPresent() ? Pressure.hold(reason) : Pressure.slow(BESIDE_VACUUM, reason));
  }
}
