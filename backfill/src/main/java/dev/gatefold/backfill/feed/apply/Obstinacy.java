package dev.gatefold.backfill.feed.apply;

import dev.gatefold.backfill.pace.Timing;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * How an applier goes on that others are in the way of: with fewer rows, after a pause. It waits
 * less than a backfill would, since everything behind those rows waits as well, and never gives up
 * unless it is told to. Not thread-safe.
 */
final class Obstinacy {

  private static final Duration FIRST_PAUSE = Duration.ofMillis(10);
  private static final int MOST_DOUBLINGS = 6;
  private static final Duration SLICE = Duration.ofMillis(10);

  private final Timing timing;
  private final BooleanSupplier stopped;
  private final int most;
  private int rows;
  private int failures;

  Obstinacy(Timing timing, BooleanSupplier stopped, int most) {
    this.timing = timing;
    this.stopped = stopped;
    this.most = most;
    this.rows = most;
  }

  /** How many rows the next transaction may have. */
  int rows() {
    return rows;
  }

  void succeeded() {
    failures = 0;
    rows = Math.min(most, rows * 2);
  }

  void hindered() throws InterruptedException {
    failures++;
    rows = Math.max(1, rows / 2);
    Duration rest = FIRST_PAUSE.multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLINGS));
    while (rest.compareTo(Duration.ZERO) > 0 && !stopped.getAsBoolean()) {
      timing.sleeper().sleep(SLICE);
      rest = rest.minus(SLICE);
    }
  }
}
