package dev.gatefold.executor.benchmark;

import dev.gatefold.planner.plan.StageName;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * What a backfill under default settings does to an open-loop load of single-row transactions at
 * half of what the server can do, and how long the backfill then takes. In turns on one server: the
 * load alone, and beside the backfill.
 */
class TrafficBenchmark {

  private static final long ROWS = 1_000_000;
  private static final int ROUNDS = 3;
  private static final long ALONE_SECONDS = 20;
  private static final int CLIENTS = 4;

  private static final String UPDATE = "UPDATE items SET seen = seen + 1 WHERE id = ?";

  @Test
  void besideAnOpenLoop() throws Exception {
    Figures figures =
        new Figures(
            "An open-loop load at half of what the server can do, milliseconds",
            "round",
            "updates a second",
            "p50 alone",
            "p50 beside",
            "p99 alone",
            "p99 beside",
            "p99 beside / alone",
            "backfill, seconds");
    for (int round = 1; round <= ROUNDS; round++) {
      round(figures, round);
    }
    figures.write("traffic");
  }

  private static void round(Figures figures, int round) throws Exception {
    try (Bench bench = Bench.open()) {
      bench.table("items", ROWS, "");
      OpenLoop load = new OpenLoop(bench, UPDATE, ROWS);
      bench.submit();
      bench.promote(StageName.EXPAND);
      double half = load.capacity(CLIENTS, 5) / 2;
      Latencies alone = load.during(half, TrafficBenchmark::idle);
      StepTimes times = new StepTimes();
      Latencies beside = load.during(half, () -> bench.promote(StageName.BACKFILL, times));
      Duration took = times.of("backfill rows");
      figures.row(
          Integer.toString(round),
          Figures.number(half),
          Figures.number(alone.milliseconds(0.5)),
          Figures.number(beside.milliseconds(0.5)),
          Figures.number(alone.milliseconds(0.99)),
          Figures.number(beside.milliseconds(0.99)),
          Figures.number(beside.milliseconds(0.99) / alone.milliseconds(0.99)),
          Figures.number(took.toMillis() / 1000.0));
    }
  }

  /** A latch that nobody opens: the time of measuring is what is meant here. */
  private static void idle() throws InterruptedException {
    new CountDownLatch(1).await(ALONE_SECONDS, TimeUnit.SECONDS);
  }
}
