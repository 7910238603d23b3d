package dev.gatefold.backfill.pace;

import dev.gatefold.backfill.session.BoundStatement;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

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

  /** How long the naps of a transaction took so far, in microseconds. */
  public static final BoundStatement SLEPT = BoundStatement.of("SELECT gatefold.slept()");

  /** The least that {@code pg_sleep}, which {@code gatefold.nap} calls, can do, and waking up. */
  static final Duration NAP = Duration.ofNanos(1_100_000);

  /** An UPDATE takes some 5 microseconds a row, and with triggers a few times that. */
  private static final Duration WRITE = Duration.ofNanos(5_000);

  /** Comparing a row takes about a microsecond. */
  private static final Duration READ = Duration.ofNanos(1_000);

  /** A quarter to half of a millisecond of work: more often is hardly any help, and costs more. */
  private static final int LEAST_WRITTEN = 64;

  private static final int LEAST_READ = 256;

  private static final int MOST = 1 << 20;

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
    // A power of two: each is a statement of its own, which the server plans once.
    return new Breath(
        least <= rows ? Integer.highestOneBit((int) Math.min(rows, MOST)) * 2 : least);
  }

  /** How long the transaction has slept so far. */
  public static Duration slept(Connection connection) throws SQLException {
    return Duration.of(SLEPT.answer(connection).number(), ChronoUnit.MICROS);
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
}
