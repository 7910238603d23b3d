package dev.gatefold.executor.benchmark;

import dev.gatefold.planner.plan.StageName;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
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

  private static final List<Long> ROWS =
      Stream.of(
              System.getProperty("gatefold.benchmark.backfill.rows", "100000,1000000,10000000")
                  .split(","))
          .map(Long::valueOf)
          .toList();

  private static final int ROUNDS = Integer.getInteger("gatefold.benchmark.backfill.rounds", 3);

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
    for (long rows : ROWS) {
      for (int round = 1; round <= ROUNDS; round++) {
        row(figures, rows, round);
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
