package dev.gatefold.executor.benchmark;

import dev.gatefold.planner.plan.StageName;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What applications feel: updates of single rows while each stage runs under default settings. */
class ApplicationsBenchmark {

  private static final long ROWS = 1_000_000;
  private static final long IDLE_SECONDS = 10;

  private static final String OLD = "UPDATE items SET total = total + 1 WHERE id = ?";
  private static final String NEW = "UPDATE items SET amount = amount + 1 WHERE id = ?";

  @Test
  void latencyOfSingleRowUpdates() throws Exception {
    Figures figures =
        new Figures(
            "Updates of single rows by two applications, milliseconds",
            "while",
            "updates",
            "p50",
            "p99",
            "longest");
    try (Bench bench = Bench.open()) {
      bench.table("items", ROWS, "");
      Writers writers = new Writers(bench, ROWS);
      row(figures, "nothing runs", writers.during(OLD, ApplicationsBenchmark::idle));
      bench.submit();
      stage(figures, bench, writers, OLD, StageName.EXPAND);
      stage(figures, bench, writers, OLD, StageName.BACKFILL);
      stage(figures, bench, writers, NEW, StageName.RETIRE);
      stage(figures, bench, writers, NEW, StageName.DROP);
    }
    figures.write("applications");
  }

  private static void stage(
      Figures figures, Bench bench, Writers writers, String update, StageName stage)
      throws Exception {
    row(figures, stage.word(), writers.during(update, () -> bench.promote(stage)));
  }

  /** A latch that nobody opens: the time of measuring is what is meant here. */
  private static void idle() throws InterruptedException {
    new CountDownLatch(1).await(IDLE_SECONDS, TimeUnit.SECONDS);
  }

  private static void row(Figures figures, String what, Latencies latencies) {
    figures.row(
        what,
        Integer.toString(latencies.count()),
        Figures.number(latencies.milliseconds(0.5)),
        Figures.number(latencies.milliseconds(0.99)),
        Figures.number(latencies.longest()));
  }
}
