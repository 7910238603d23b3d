package dev.gatefold.executor.benchmark;

import dev.gatefold.executor.benchmark.OpenLoop.Side;
import dev.gatefold.executor.benchmark.OpenLoop.Sides;
import dev.gatefold.planner.plan.StageName;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * What a backfill under default settings does to an open-loop load of single-row transactions at
 * half of what the server can do, and how fast the backfill then goes. The executor is a process of
 * its own, which is stopped and goes on in turn: what the machine itself does to the load from one
 * minute to the next it does to both sides.
 */
class TrafficBenchmark {

  private static final long ROWS = Long.getLong("gatefold.benchmark.traffic.rows", 500_000);
  private static final int ROUNDS = Integer.getInteger("gatefold.benchmark.traffic.rounds", 3);

  /** Well below the lease of whoever runs a stage. */
  private static final long SECONDS = 8;

  private static final int TURNS = 12;

  /** What was due while one went over into the other belongs to neither. */
  private static final long SETTLE_SECONDS = 1;

  /** Until then the executor compiles its own code, which on two cores is a load like another. */
  private static final long WARM_SECONDS = 40;

  private static final long CAPACITY_SECONDS = 5;
  private static final int CLIENTS = 4;

  /** Of 16 MB: more than a round writes. */
  private static final int LOG_FILES = 192;

  private static final String UPDATE = "UPDATE items SET seen = seen + 1 WHERE id = ?";
  private static final String DONE =
      "SELECT coalesce(sum(rows_done), 0) FROM gatefold.backfill_progress";

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
      try (SeparateExecutor executor = SeparateExecutor.start(bench.url())) {
        Turns turns = new Turns(bench, executor);
        Sides sides = load.during(half, turns::run);
        // Without the load: that it ends is the question, not when.
        executor.finished();
        Latencies alone = sides.alone();
        Latencies beside = sides.beside();
        figures.row(
            Integer.toString(round),
            Figures.number(half),
            Figures.number(alone.milliseconds(0.5)),
            Figures.number(beside.milliseconds(0.5)),
            Figures.number(alone.milliseconds(0.99)),
            Figures.number(beside.milliseconds(0.99)),
            Figures.number(beside.milliseconds(0.99) / alone.milliseconds(0.99)),
            Figures.number(turns.rowsPerSecond()));
      }
    }
  }

  /** The load beside the executor and without it, in turn. */
  private static final class Turns {

    private final Bench bench;
    private final SeparateExecutor executor;
    private long rows;
    private long nanos;

    Turns(Bench bench, SeparateExecutor executor) {
      this.bench = bench;
      this.executor = executor;
    }

    /** From its first rows on: how a process starts is not the question. */
    void run(Consumer<Side> side) throws Exception {
      while (executor.isRunning() && bench.number(DONE) == 0) {
        pause(20);
      }
      pause(WARM_SECONDS * 1000);
      for (int turn = 0; turn < TURNS; turn++) {
        // A rest that passed while it was stopped is not counted: the first second is left out.
        pause(SETTLE_SECONDS * 1000);
        long before = bench.number(DONE);
        long began = System.nanoTime();
        measured(side, Side.BESIDE);
        nanos += System.nanoTime() - began;
        rows += bench.number(DONE) - before;
        executor.stop();
        pause(SETTLE_SECONDS * 1000);
        measured(side, Side.ALONE);
        executor.goOn();
      }
      if (bench.number(DONE) >= ROWS) {
        throw new IllegalStateException("the backfill was over too soon: take more rows");
      }
    }

    private static void measured(Consumer<Side> current, Side side) throws InterruptedException {
      current.accept(side);
      pause(SECONDS * 1000);
      current.accept(Side.NEITHER);
    }

    double rowsPerSecond() {
      return rows * 1e9 / nanos;
    }
  }

  /** A latch that nobody opens: the time of measuring is what is meant here. */
  private static void pause(long milliseconds) throws InterruptedException {
    new CountDownLatch(1).await(milliseconds, TimeUnit.MILLISECONDS);
  }
}
