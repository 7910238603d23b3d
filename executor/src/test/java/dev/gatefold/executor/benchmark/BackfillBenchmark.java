package dev.gatefold.executor.benchmark;

import dev.gatefold.planner.plan.StageName;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * Rows per second of the backfill with one worker, sync in place, beside one plain UPDATE of an
 * equal table, and beside one of a table on which the very same sync fires. All three are measured
 * anew in each round.
 */
class BackfillBenchmark {

  private static final long ROWS = 1_000_000;
  private static final int ROUNDS = 3;

  @Test
  void besideAPlainUpdate() throws Exception {
    Figures figures =
        new Figures(
            "Backfill of 1,000,000 rows, rows per second",
            "round",
            "plain UPDATE",
            "UPDATE with the sync firing",
            "backfill",
            "backfill / plain",
            "backfill / with sync");
    for (int round = 1; round <= ROUNDS; round++) {
      // Each on a server of its own: bloat and log of one must not burden the next.
      double plain = plainUpdate();
      double withSync = updateWithSync();
      double backfill = backfill();
      figures.row(
          Integer.toString(round),
          Figures.number(plain),
          Figures.number(withSync),
          Figures.number(backfill),
          Figures.number(backfill / plain),
          Figures.number(backfill / withSync));
    }
    figures.write("backfill");
  }

  private static double plainUpdate() throws Exception {
    try (Bench bench = Bench.open()) {
      bench.table("items", ROWS, ", amount bigint");
      return perSecond(bench.timed("UPDATE items SET amount = total"));
    }
  }

  private static double updateWithSync() throws Exception {
    try (Bench bench = Bench.open()) {
      bench.table("items", ROWS, "");
      bench.submit();
      bench.promote(StageName.EXPAND);
      return perSecond(bench.timed("UPDATE items SET amount = total"));
    }
  }

  private static double backfill() throws Exception {
    try (Bench bench = Bench.open()) {
      bench.table("items", ROWS, "");
      bench.submit();
      bench.promote(StageName.EXPAND);
      StepTimes times = new StepTimes();
      bench.promote(StageName.BACKFILL, times);
      return perSecond(times.of("backfill rows"));
    }
  }

  private static double perSecond(Duration took) {
    return ROWS / (took.toNanos() / 1e9);
  }
}
