package dev.gatefold.backfill.pace;

import java.time.Duration;

/**
 * Whether statements over many rows give way while they run. Beside other sessions they sleep for a
 * moment after every few rows, on average. A rest between two batches does not help whoever comes
 * during a batch: a core that is busy with it changes over only after milliseconds, the slice of
 * the server's scheduler, many times what a small transaction takes. Who sleeps by himself, more
 * often than that, leaves the core at once.
 *
 * <p>Measured on two cores beside 2,000 updates a second: 5,000 rows a second in batches of 4 ms
 * took the others' 99th percentile from 0.7 to 1.8 and 2.4 ms, in batches that breathe to 0.7 and
 * 1.0 ms.
 */
public enum Breath {
  /** Nobody is there who needs it. */
  HELD(0, Integer.MAX_VALUE),

  /** An UPDATE takes some 5 microseconds a row, and with triggers a few times that. */
  WRITING(20, Integer.MAX_VALUE),

  /**
   * Comparing a row takes about a microsecond. The end of a range is looked for without a pause, so
   * that it must not lie far away.
   */
  READING(200, 5_000);

  /** The least that {@code pg_sleep}, which {@code gatefold.nap} calls, can do, and waking up. */
  private static final Duration NAP = Duration.ofNanos(1_100_000);

  /** However many naps are reckoned, so much of the time was work. */
  private static final int LEAST_WORK = 10;

  private final int rows;
  private final int most;

  Breath(int rows, int most) {
    this.rows = rows;
    this.most = most;
  }

  /** The condition on rows, with a nap at some of those for which it is true. */
  public String at(String condition) {
    // By chance, since nothing else about a row is cheap and known of every table. CASE, for the
    // planner may take conditions in any order, and no nap is due to a row that is passed over.
    return this == HELD
        ? "(" + condition + ")"
        : """
          CASE WHEN (%s) THEN
            CASE WHEN pg_catalog.random() OPERATOR(pg_catalog.*) %d OPERATOR(pg_catalog.<) 1
              THEN gatefold.nap() ELSE true END
          ELSE false END"""
            .formatted(condition, rows);
  }

  /** So many rows at a time, or fewer. */
  public int atMost(int size) {
    return Math.min(size, most);
  }

  /**
   * How much of the time of a statement it slept, as a guess.
   *
   * @param napped rows for which the condition was true
   */
  public Duration slept(long napped, Duration took) {
    Duration guess = this == HELD ? Duration.ZERO : NAP.multipliedBy(napped / rows);
    Duration most = took.minus(took.dividedBy(LEAST_WORK));
    return guess.compareTo(most) < 0 ? guess : most;
  }
}
