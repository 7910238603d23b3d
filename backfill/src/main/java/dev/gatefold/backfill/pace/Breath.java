package dev.gatefold.backfill.pace;

import dev.gatefold.backfill.session.BoundStatement;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/**
 * Whether a statement over many rows gives way while it runs: then it sleeps for a moment after
 * every few rows, on average. A rest between two batches does not help whoever comes during a
 * batch: a core that is busy with it changes over only after milliseconds, the slice of the
 * server's scheduler, many times what a small transaction takes. Who sleeps by himself, more often
 * than that, leaves the core at once.
 *
 * <p>Measured on two cores beside 2,000 updates a second: 5,000 rows a second in batches of 4 ms
 * took the others' 99th percentile from 0.7 to 1.8 and 2.4 ms, with a nap after 20 rows to 0.7 and
 * 1.0 ms.
 *
 * @param rows between two naps, on average; 0 for none
 */
public record Breath(int rows) {

  public static final Breath HELD = new Breath(0);

  /** The least that {@code pg_sleep}, which {@code gatefold.nap} calls, can do, and waking up. */
  private static final Duration NAP = Duration.ofNanos(1_100_000);

  /** An UPDATE takes some 5 microseconds a row, and with triggers a few times that. */
  private static final Duration WRITE = Duration.ofNanos(5_000);

  /** Comparing a row takes about a microsecond. */
  private static final Duration READ = Duration.ofNanos(1_000);

  /** A tenth to a fifth of a millisecond of work: more often is no help, and costs more. */
  private static final int LEAST_WRITTEN = 20;

  private static final int LEAST_READ = 200;

  /** However many naps are reckoned, so much of the time was work. */
  private static final int LEAST_WORK = 10;

  /** Of a statement that writes, for work that may take a share of the time. */
  public static Breath writing(double share) {
    return of(share, WRITE, LEAST_WRITTEN);
  }

  /** Of one that only reads. */
  public static Breath reading(double share) {
    return of(share, READ, LEAST_READ);
  }

  /** The naps alone never make it less than the share; for a small one there are rests, too. */
  private static Breath of(double share, Duration row, int least) {
    if (share <= 0 || share >= 1) {
      return HELD;
    }
    double rows = (double) NAP.toNanos() / row.toNanos() * share / (1 - share);
    return new Breath((int) Math.max(least, Math.min(rows, Integer.MAX_VALUE)));
  }

  /** Some servers deny everybody {@code pg_sleep}; a nap is nothing there. */
  public static boolean isAllowed(Connection connection) throws SQLException {
    return BoundStatement.of(
            """
            SELECT pg_catalog.has_function_privilege(
                'pg_catalog.pg_sleep(double precision)', 'EXECUTE')""")
        .query(connection, rows -> rows.next() && rows.getBoolean(1));
  }

  public boolean isHeld() {
    return rows == 0;
  }

  /** The condition on rows, with a nap at some of those for which it is true. */
  public String at(String condition) {
    // By chance, since nothing else about a row is cheap and known of every table. CASE, for the
    // planner may take conditions in any order, and no nap is due to a row that is passed over.
    return isHeld()
        ? "(" + condition + ")"
        : """
          CASE WHEN (%s) THEN
            CASE WHEN pg_catalog.random() OPERATOR(pg_catalog.*) %d OPERATOR(pg_catalog.<) 1
              THEN gatefold.nap() ELSE true END
          ELSE false END"""
            .formatted(condition, rows);
  }

  /**
   * How many rows take as long with the naps as so many without.
   *
   * @param size rows that take the target time without naps
   */
  public int fitting(int size, Duration target) {
    if (isHeld()) {
      return size;
    }
    double naps = (double) target.toNanos() * rows / NAP.toNanos();
    return (int) Math.max(1, size * naps / (size + naps));
  }

  /**
   * How much of the time of a statement it slept, as a guess.
   *
   * @param napped rows for which the condition was true
   */
  public Duration slept(long napped, Duration took) {
    Duration guess = isHeld() ? Duration.ZERO : NAP.multipliedBy(napped).dividedBy(rows);
    Duration most = took.minus(took.dividedBy(LEAST_WORK));
    return guess.compareTo(most) < 0 ? guess : most;
  }
}
