package dev.gatefold.executor.benchmark;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Applications that update single rows at moments of their own, whether or not the update before is
 * done. A latency begins at the moment at which the update was due: one that had to wait for a slow
 * one before it counts the waiting too.
 */
final class OpenLoop {

  /** So many that one is free whenever an update is due. */
  private static final int CLIENTS = 16;

  private final Bench bench;
  private final String update;
  private final long rows;

  OpenLoop(Bench bench, String update, long rows) {
    this.bench = bench;
    this.update = update;
    this.rows = rows;
  }

  /** How many updates a second a few clients do that never pause. */
  double capacity(int clients, long seconds) throws Exception {
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    List<Long> done = run(clients, (statement, random) -> closed(statement, random, end));
    return done.stream().mapToLong(Long::longValue).sum() / (double) seconds;
  }

  private long closed(PreparedStatement statement, SplittableRandom random, long end)
      throws SQLException {
    long done = 0;
    while (System.nanoTime() < end) {
      once(statement, random);
      done++;
    }
    return done;
  }

  /** What the load runs beside. */
  interface Work {

    /** {@code side} is to be told what is measured from now on; the load runs already. */
    void run(Consumer<Side> side) throws Exception;
  }

  /** What an update belongs to. */
  enum Side {
    NEITHER,
    ALONE,
    BESIDE
  }

  /** The latencies of each side. */
  record Sides(Latencies neither, Latencies alone, Latencies beside) {

    Sides() {
      this(new Latencies(), new Latencies(), new Latencies());
    }

    Latencies of(Side side) {
      return switch (side) {
        case NEITHER -> neither;
        case ALONE -> alone;
        case BESIDE -> beside;
      };
    }

    void addAll(Sides others) {
      neither.addAll(others.neither);
      alone.addAll(others.alone);
      beside.addAll(others.beside);
    }
  }

  /** The latencies of the updates that were due while the work named a side. */
  Sides during(double perSecond, Work work) throws Exception {
    Arrivals arrivals = new Arrivals(1e9 / perSecond);
    ExecutorService aside = Executors.newSingleThreadExecutor();
    try {
      Future<?> working =
          aside.submit(
              () -> {
                try {
                  work.run(arrivals::measure);
                } finally {
                  arrivals.over = true;
                }
                return null;
              });
      Sides all = new Sides();
      run(CLIENTS, (statement, random) -> serve(arrivals, statement, random)).forEach(all::addAll);
      working.get();
      return all;
    } finally {
      aside.shutdown();
    }
  }

  private Sides serve(Arrivals arrivals, PreparedStatement statement, SplittableRandom random)
      throws SQLException {
    Sides mine = new Sides();
    while (!arrivals.over) {
      long due = arrivals.next();
      awaitMoment(due);
      once(statement, random);
      mine.of(arrivals.side(due)).add(System.nanoTime() - due);
    }
    return mine;
  }

  private record Moment(Side side, long began) {}

  /** The moments at which updates are due. Thread-safe. */
  private static final class Arrivals {

    private final long start = System.nanoTime();
    private final double interval;
    private final AtomicLong given = new AtomicLong();
    private volatile Moment moment = new Moment(Side.NEITHER, start);
    private volatile boolean over;

    Arrivals(double interval) {
      this.interval = interval;
    }

    long next() {
      return start + (long) (given.getAndIncrement() * interval);
    }

    void measure(Side side) {
      moment = new Moment(side, System.nanoTime());
    }

    Side side(long due) {
      Moment now = moment;
      return due > now.began() ? now.side() : Side.NEITHER;
    }
  }

  private static void awaitMoment(long due) {
    for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  private void once(PreparedStatement statement, SplittableRandom random) throws SQLException {
    statement.setLong(1, random.nextLong(rows) + 1);
    statement.executeUpdate();
  }

  private interface Client<R> {
    R run(PreparedStatement statement, SplittableRandom random) throws SQLException;
  }

  private <R> List<R> run(int clients, Client<R> client) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(clients);
    try {
      List<Future<R>> running = new ArrayList<>();
      for (int seed = 1; seed <= clients; seed++) {
        SplittableRandom random = new SplittableRandom(seed);
        running.add(threads.submit(() -> one(client, random)));
      }
      List<R> all = new ArrayList<>();
      for (Future<R> one : running) {
        all.add(one.get());
      }
      return all;
    } finally {
      threads.shutdown();
    }
  }

  private <R> R one(Client<R> client, SplittableRandom random) throws SQLException {
    try (Connection connection = bench.connect();
        PreparedStatement statement = connection.prepareStatement(update)) {
      return client.run(statement, random);
    }
  }
}
