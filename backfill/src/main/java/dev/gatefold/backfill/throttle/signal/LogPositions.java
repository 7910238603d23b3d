package dev.gatefold.backfill.throttle.signal;

import dev.gatefold.backfill.pace.Ticker;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How far the log of the primary was when. By it a position that a standby has replayed becomes a
 * time: nothing that a standby reports by itself grows while its replay stands still. Thread-safe.
 */
public final class LogPositions {

  /** Ten minutes of two a second: who is further behind is held for anyhow. */
  private static final int MOST = 1200;

  private record Position(long lsn, long nanos) {}

  private final Ticker ticker;
  private final Deque<Position> positions = new ArrayDeque<>();

  public LogPositions(Ticker ticker) {
    this.ticker = ticker;
  }

  /**
   * The log is that far now.
   *
   * @param lsn in bytes since the beginning of all log
   */
  synchronized void reached(long lsn) {
    if (positions.isEmpty() || positions.getLast().lsn() < lsn) {
      positions.addLast(new Position(lsn, ticker.nanos()));
    } else if (positions.getLast().lsn() > lsn) {
      // Another server took over, whose log is shorter: nothing known holds for it.
      positions.clear();
      positions.addLast(new Position(lsn, ticker.nanos()));
    }
    if (positions.size() > MOST) {
      positions.removeFirst();
    }
  }

  /** For how long at least the log has been further than that. */
  synchronized Duration behind(long lsn) {
    return positions.stream()
        .filter(it -> it.lsn() > lsn)
        .findFirst()
        .map(it -> Duration.ofNanos(ticker.nanos() - it.nanos()))
        .orElse(Duration.ZERO);
  }

  /** How many bytes are missing up to the last that is known. */
  synchronized long missing(long lsn) {
    return positions.isEmpty() ? 0 : Math.max(0, positions.getLast().lsn() - lsn);
  }
}
