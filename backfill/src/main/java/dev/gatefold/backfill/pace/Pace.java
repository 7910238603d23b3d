package dev.gatefold.backfill.pace;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * Holds the batches to a greatest speed. Time in which it was not busy is not made up for: a
 * backfill that was hindered does not catch up at double speed. Not thread-safe.
 */
public final class Pace {

  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final Ticker ticker;
  private long free;

  public Pace(Ticker ticker) {
    this.ticker = ticker;
    this.free = ticker.nanos();
  }

  /** A batch never takes more than a second's worth of rows. */
  public int atMost(int rows, OptionalLong rowsPerSecond) {
    return (int) Math.min(rows, rowsPerSecond.orElse(Integer.MAX_VALUE));
  }

  /** To be called before the work of a batch begins, which then counts into its time. */
  public void begin() {
    free = Math.max(free, ticker.nanos());
  }

  /** How long to wait after a batch of so many rows; zero where the speed is within its bound. */
  public Duration pauseAfter(long rows, OptionalLong rowsPerSecond) {
    if (rowsPerSecond.isEmpty()) {
      return Duration.ZERO;
    }
    free += (long) ((double) rows / rowsPerSecond.getAsLong() * SECOND);
    return Duration.ofNanos(Math.max(0, free - ticker.nanos()));
  }
}
