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
  private long from;
  private long rows;
  private long free;

  public Pace(Ticker ticker) {
    this.ticker = ticker;
    this.from = ticker.nanos();
    this.free = from;
  }

  /** A batch never takes more than a second's worth of rows. */
  public static int atMost(int rows, OptionalLong rowsPerSecond) {
    return (int) Math.min(rows, rowsPerSecond.orElse(Integer.MAX_VALUE));
  }

  /** To be called before the work of a batch begins, which then counts into its time. */
  public void begin() {
    from = Math.max(free, ticker.nanos());
    free = from;
    rows = 0;
  }

  /** How long to wait after a batch of so many rows; zero where the speed is within its bound. */
  public Duration pauseAfter(long passed, OptionalLong rowsPerSecond) {
    rows = passed;
    return left(rowsPerSecond);
  }

  /** How long still, under a bound that may be another one by now. */
  public Duration left(OptionalLong rowsPerSecond) {
    free = from + (rowsPerSecond.isPresent() ? nanos(rowsPerSecond.getAsLong()) : 0);
    return Duration.ofNanos(Math.max(0, free - ticker.nanos()));
  }

  private long nanos(long rowsPerSecond) {
    return (long) ((double) rows / rowsPerSecond * SECOND);
  }
}
