package dev.gatefold.executor.benchmark;

import dev.gatefold.planner.plan.StageName;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Rows per second of the backfill with one worker and with two, sync in place, beside one plain
 * UPDATE of an equal table. All are measured anew in each round.
 */
class BackfillBenchmark {

  private static final String FILE =
      """
      change: totals
      operations:
        - alter_column: {table: items, column: total, to: amount, type: bigint}
      backfill: {workers: %d}
      """;

  /** Rounds by rows. */
  private static final Map<Long, Integer> ROUNDS =
      new TreeMap<>(Map.of(100_000L, 3, 1_000_000L, 3, 10_000_000L, 2));

  @Test
  void besideAPlainUpdate() throws Exception {
    Figures figures =
        new Figures(
            "Backfill, rows per second",
            "rows",
            "round",
            "plain UPDATE",
            "one worker",
            "one / plain",
            "two workers",
            "two / plain");
    for (Map.Entry<Long, Integer> size : ROUNDS.entrySet()) {
      for (int round = 1; round <= size.getValue(); round++) {
        row(figures, size.getKey(), round);
      }
    }
    figures.write("backfill");
  }

  /** Each on a server of its own: bloat and log of one must not burden the next. */
  private static void row(Figures figures, long rows, int round) throws Exception {
    double plain = plainUpdate(rows);
    double one = backfill(rows, 1);
    double two = backfill(rows, 2);
    figures.row(
        Figures.number((double) rows),
        Integer.toString(round),
        Figures.number(plain),
        Figures.number(one),
        Figures.number(one / plain),
        Figures.number(two),
        Figures.number(two / plain));
  }

  private static double plainUpdate(long rows) throws Exception {
    try (Bench bench = Bench.open()) {
      bench.table("items", rows, ", amount bigint");
      return rows / seconds(bench.timed("UPDATE items SET amount = total"));
    }
  }

  private static double backfill(long rows, int workers) throws Exception {
    try (Bench bench = Bench.open()) {
      bench.table("items", rows, "");
      bench.submit(FILE.formatted(workers));
      bench.promote(StageName.EXPAND);
      StepTimes times = new StepTimes();
      bench.promote(StageName.BACKFILL, times);
      return rows / seconds(times.of("backfill rows"));
    }
  }

  private static double seconds(Duration took) {
    return took.toNanos() / 1e9;
  }
}
