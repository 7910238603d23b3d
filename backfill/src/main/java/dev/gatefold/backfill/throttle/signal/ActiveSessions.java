package dev.gatefold.backfill.throttle.signal;

import dev.gatefold.backfill.session.BoundStatement;
import dev.gatefold.backfill.throttle.Pressure;
import dev.gatefold.planner.change.SignalName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * How many sessions of others run a statement. The more there are, the less of the time the
 * backfill takes, gradually: what one core has to spare is much to one application and nothing to
 * another, and no query tells how many cores a server has. It holds only above a limit that
 * somebody set.
 */
final class ActiveSessions implements Signal {

  /**
   * At this many, on average, the backfill takes half of the time; at twice as many a ninth, and a
   * five-hundredth at eight times as many. Measured on two cores: at a quarter of their capacity
   * others ran 0.3 statements at a time, at half of it 0.7. With a limit, half of the time lies at
   * a quarter of it.
   */
  static final double HALF = 0.05;

  /**
   * A server that is hardly used has much to spare, one whose cores others use by half hardly
   * anything that they would not feel. With the square, and half of the time at so few sessions
   * that the latter had the least pace, the first backfill of the demo took 42 s instead of 9 to
   * 17.
   */
  private static final int STEEPNESS = 3;

  private static final double QUARTER = 4;

  /** Below this a single lucky look at an idle server would be told as a pressure. */
  private static final double WORTH_TELLING = 0.95;

  /** One look is a sample of statements that take a millisecond: rising counts more. */
  private static final double RISE = 0.5;

  private static final double FALL = 0.25;

  /**
   * What others do is hidden without the right to it, but not that a transaction holds its own
   * number: of a session that hides, any open transaction counts as a statement that runs.
   */
  private static final BoundStatement ACTIVE =
      BoundStatement.of(
          """
          WITH busy AS MATERIALIZED (
            SELECT pid FROM pg_locks WHERE locktype = 'virtualxid' AND granted)
          SELECT count(*)
          FROM pg_stat_activity a
          WHERE a.pid <> pg_backend_pid() AND NOT %s
            AND a.datid IS NOT NULL AND a.usesysid IS NOT NULL
            AND coalesce(a.backend_type, 'client backend')
                IN ('client backend', 'parallel worker')
            -- Who sends the log to somebody is never idle.
            AND a.pid NOT IN (SELECT pid FROM pg_stat_replication)
            AND (a.state IN ('active', 'fastpath function call')
                 OR coalesce(a.state, 'disabled') = 'disabled'
                    AND a.pid IN (SELECT pid FROM busy))"""
              .formatted(Ours.A));

  private final OptionalLong limit;
  private final double half;
  private final Hysteresis hysteresis = new Hysteresis();
  private OptionalDouble average = OptionalDouble.empty();

  ActiveSessions(OptionalLong limit) {
    this.limit = limit;
    this.half = limit.isPresent() ? limit.getAsLong() / QUARTER : HALF;
  }

  @Override
  public SignalName name() {
    return SignalName.ACTIVE_SESSIONS;
  }

  @Override
  public Pressure measure(Connection connection) throws SQLException {
    return at(ACTIVE.query(connection, Rows::number));
  }

  Pressure at(long active) {
    double before = average.orElse((double) active);
    double now = before + (active > before ? RISE : FALL) * (active - before);
    average = OptionalDouble.of(now);
    if (limit.isPresent() && hysteresis.passed(now / limit.getAsLong())) {
      return Pressure.hold(words(now) + "; at most %d are allowed".formatted(limit.getAsLong()));
    }
    double share = Math.max(Pressure.MINIMUM, 1 / (1 + Math.pow(now / half, STEEPNESS)));
    return share > WORTH_TELLING ? Pressure.NONE : Pressure.slow(share, words(now));
  }

  private static String words(double average) {
    return String.format(
        Locale.ROOT, "%.1f sessions of others run a statement, on average", average);
  }
}
