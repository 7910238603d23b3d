package dev.gatefold.executor.benchmark;

import dev.gatefold.planner.plan.StageName;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * What a backfill under default settings does to an open-loop load of single-row transactions at
 * half of what the server can do, and how fast the backfill then goes. The executor is a process of
 * its own. The load runs alone before and after: how far those two lie apart is how far the machine
 * itself may shift what lies between.
 */
class TrafficBenchmark {

  private static final long ROWS = Long.getLong("gatefold.benchmark.traffic.rows", 200_000);
  private static final int ROUNDS = Integer.getInteger("gatefold.benchmark.traffic.rounds", 3);
  private static final long ALONE_SECONDS = 40;

  /** What the first seconds of many new sessions tell is about them, not about the backfill. */
  private static final long WARM_UP_SECONDS = 3;

  /** Until then the executor compiles its own code, which on two cores is a load like another. */
  private static final long WARM_SECONDS = 40;

  private static final long CAPACITY_SECONDS = 5;
  private static final int CLIENTS = 4;

  /** Of 16 MB: more than a round writes. */
  private static final int LOG_FILES = 192;

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
            "p99 before",
            "p99 beside",
            "p99 after",
            "p99 beside / alone",
            "rows filled a second");
    for (int round = 1; round <= ROUNDS; round++) {
      round(figures, round);
    }
    figures.write("traffic");
  }

  private static void round(Figures figures, int round) throws Exception {
    try (Bench bench = Bench.open()) {
      bench.season(LOG_FILES);
      bench.table("items", ROWS, "");
      OpenLoop load = new OpenLoop(bench, UPDATE, ROWS);
      bench.submit();
      bench.promote(StageName.EXPAND);
      double half = load.capacity(CLIENTS, CAPACITY_SECONDS) / 2;
      Latencies before = load.during(half, TrafficBenchmark::alone);
      StageBeside stage = new StageBeside(bench, load, half);
      Latencies after = load.during(half, TrafficBenchmark::alone);
      double p99 = after.milliseconds(0.99);
      Latencies alone = after.addAll(before);
      figures.row(
          Integer.toString(round),
          Figures.number(half),
          Figures.number(alone.milliseconds(0.5)),
          Figures.number(stage.latencies.milliseconds(0.5)),
          Figures.number(before.milliseconds(0.99)),
          Figures.number(stage.latencies.milliseconds(0.99)),
          Figures.number(p99),
          Figures.number(stage.latencies.milliseconds(0.99) / alone.milliseconds(0.99)),
          Figures.number(stage.rowsPerSecond));
    }
  }

  /**
   * The stage beside the load, from its first rows on: how a process starts is not the question.
   */
  private static final class StageBeside {

    private static final String BEGUN =
        "SELECT count(*) FROM gatefold.backfill_progress WHERE rows_done > 0";
    private static final String LEFT = "SELECT count(*) FROM items WHERE amount IS NULL";

    private final Latencies latencies;
    private double rowsPerSecond;

    StageBeside(Bench bench, OpenLoop load, double perSecond) throws Exception {
      // Started before the load, it would do most of its work before there is any.
      try (SeparateExecutor executor = SeparateExecutor.start(bench.url())) {
        latencies = load.during(perSecond, measuring -> run(bench, executor, measuring));
      }
    }

    private void run(Bench bench, SeparateExecutor executor, Runnable measuring) throws Exception {
      while (executor.isRunning() && bench.number(BEGUN) == 0) {
        pause(20);
      }
      pause(WARM_SECONDS * 1000);
      measuring.run();
      long left = bench.number(LEFT);
      long began = System.nanoTime();
      executor.finished();
      rowsPerSecond = left / ((System.nanoTime() - began) / 1e9);
    }
  }

  private static void alone(Runnable measuring) throws InterruptedException {
    pause(WARM_UP_SECONDS * 1000);
    measuring.run();
    pause(ALONE_SECONDS * 1000);
  }

  /** A latch that nobody opens: the time of measuring is what is meant here. */
  private static void pause(long milliseconds) throws InterruptedException {
    new CountDownLatch(1).await(milliseconds, TimeUnit.MILLISECONDS);
  }
}
