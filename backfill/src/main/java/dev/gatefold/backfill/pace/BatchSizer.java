package dev.gatefold.backfill.pace;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How many rows the next batch takes, so that nine in ten stay within the target time. Immutable:
 * each measurement answers with the next sizer.
 *
 * <p>The law is that of Block's Spirit, with PostgreSQL's measured numbers: it follows the 90th
 * percentile, since one lucky batch says nothing about the writers who wait; it grows by at most
 * half after several samples of the same size, since a larger batch may meet colder pages; and it
 * shrinks at once when a batch took five times its target, since somebody is waiting now. More than
 * 10,000 rows gained no speed in measurements on PostgreSQL 17 and cost concurrent writers hundreds
 * of milliseconds.
 */
public final class BatchSizer {

  /** About 2 ms of an idle server: small enough for any table, and grown from within a second. */
  public static final int START = 500;

  /** Smaller batches cost more in commits than they save in waiting. */
  public static final int FLOOR = 10;

  public static final int CEILING = 10_000;

  /** Measurements of one size before it may change. */
  public static final int SAMPLES = 10;

  private static final double GROWTH = 1.5;
  private static final int PANIC = 5;
  private static final int PANIC_SHRINK = 10;

  private final long targetNanos;
  private final int size;
  private final List<Long> samples;

  private BatchSizer(long targetNanos, int size, List<Long> samples) {
    this.targetNanos = targetNanos;
    this.size = size;
    this.samples = samples;
  }

  /**
   * The sizer of the first batch.
   *
   * @param target how long a batch may take, from its UPDATE to the end of its COMMIT
   */
  public static BatchSizer start(Duration target) {
    if (target.isZero() || target.isNegative()) {
      throw new IllegalArgumentException("the target time of a batch must be positive");
    }
    return new BatchSizer(target.toNanos(), START, List.of());
  }

  /** Rows of the next batch, at least 1. */
  public int size() {
    return size;
  }

  /**
   * After a batch.
   *
   * @param rows what it took; the time of one that was not of full size says nothing about the size
   */
  public BatchSizer measured(long rows, Duration took) {
    long nanos = took.toNanos();
    if (nanos > PANIC * targetNanos) {
      return resized(size / PANIC_SHRINK);
    }
    if (rows != size) {
      return this;
    }
    List<Long> more = new ArrayList<>(samples);
    more.add(nanos);
    return more.size() < SAMPLES
        ? new BatchSizer(targetNanos, size, List.copyOf(more))
        : resized(fitting(more));
  }

  /**
   * After a batch with fewer rows than {@link #size}, and naps.
   *
   * @param alike how long one of full size without naps would have taken, as a guess
   * @param took how long it took with them
   */
  public BatchSizer measured(Duration alike, Duration took) {
    long panic = PANIC * targetNanos;
    return took.toNanos() > panic
        ? measured(0, took)
        : measured(size, Duration.ofNanos(Math.min(alike.toNanos(), panic)));
  }

  /** The same size for another target time. */
  public BatchSizer aimedAt(Duration target) {
    return new BatchSizer(start(target).targetNanos, size, List.of());
  }

  /** After batches that others hindered: fewer rows meet fewer locks. Never grows. */
  public BatchSizer shrunkTo(int rows) {
    return new BatchSizer(targetNanos, Math.max(1, Math.min(size, rows)), List.of());
  }

  private int fitting(List<Long> measured) {
    long slow = measured.stream().sorted().skip(SAMPLES * 9 / 10 - 1).findFirst().orElseThrow();
    double fits = (double) size * targetNanos / Math.max(1, slow);
    return (int) Math.min(fits, Math.ceil(size * GROWTH));
  }

  private BatchSizer resized(int wanted) {
    // Conflicts may have brought the size below the floor; a slow batch is no reason to raise it.
    int lowest = Math.min(FLOOR, size);
    return new BatchSizer(targetNanos, Math.min(CEILING, Math.max(lowest, wanted)), List.of());
  }
}
