package dev.gatefold.backfill.throttle.signal;

import dev.gatefold.backfill.pace.Ticker;
import dev.gatefold.backfill.session.BoundStatement;
import dev.gatefold.backfill.throttle.Pressure;
import dev.gatefold.planner.change.SignalName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How much log all sessions write. It never holds: the share of the time is brought to where the
 * rate stays at its limit, and what others write is theirs.
 *
 * <p>There is no limit by default. A backfill that runs alone may write as fast as it can; those
 * who suffer from much log are looked at themselves: standbys, slots and the archive.
 */
final class WalRate implements Signal {

  private static final BoundStatement WRITTEN =
      BoundStatement.of("SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint");

  /** A second of two measurements each: a checkpoint's full pages come in bursts. */
  private static final int SAMPLES = 3;

  private static final double NANOS = 1e9;
  private static final double FASTEST_DROP = 0.5;
  private static final double GROWTH = 1.25;

  private record Sample(long bytes, long nanos) {}

  private final long limit;
  private final Ticker ticker;
  private final Deque<Sample> samples = new ArrayDeque<>();
  private double share = 1;

  /** {@code limit} is in bytes a second. */
  WalRate(long limit, Ticker ticker) {
    this.limit = limit;
    this.ticker = ticker;
  }

  @Override
  public SignalName name() {
    return SignalName.WAL_RATE;
  }

  @Override
  public Pressure measure(Connection connection) throws SQLException {
    samples.addLast(new Sample(WRITTEN.query(connection, Rows::number), ticker.nanos()));
    if (samples.size() > SAMPLES) {
      samples.removeFirst();
    }
    double rate = rate();
    double correction = Math.min(GROWTH, limit / Math.max(1, rate));
    share *= Math.max(FASTEST_DROP, correction);
    share = Math.max(Pressure.MINIMUM, Math.min(1, share));
    return share == 1
        ? Pressure.NONE
        : Pressure.slow(
            share,
            "%s of log are written in a second; at most %s are allowed"
                .formatted(Figures.bytes(Math.round(rate)), Figures.bytes(limit)));
  }

  private double rate() {
    long nanos = samples.getLast().nanos() - samples.getFirst().nanos();
    long bytes = samples.getLast().bytes() - samples.getFirst().bytes();
    return nanos <= 0 ? 0 : Math.max(0, bytes) * NANOS / nanos;
  }
}
