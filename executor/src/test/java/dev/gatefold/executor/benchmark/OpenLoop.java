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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

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
    List<Long> done = new ArrayList<>();
    for (Latencies latencies :
        run(clients, (statement, random, all) -> closed(statement, random, end, all))) {
      done.add((long) latencies.count());
    }
    return done.stream().mapToLong(Long::longValue).sum() / (double) seconds;
  }

  private void closed(PreparedStatement statement, SplittableRandom random, long end, Latencies all)
      throws SQLException {
    while (System.nanoTime() < end) {
      long began = System.nanoTime();
      once(statement, random);
      all.add(System.nanoTime() - began);
    }
  }

  /** What the load runs beside. */
  interface Work {

    /** {@code measuring} is to be run where the measurement begins; the load runs already. */
    void run(Runnable measuring) throws Exception;
  }

  /** The latencies of the updates that were due from when the work said so to its end. */
  Latencies during(double perSecond, Work work) throws Exception {
    Arrivals arrivals = new Arrivals(System.nanoTime(), 1e9 / perSecond);
    ExecutorService aside = Executors.newSingleThreadExecutor();
    try {
      Future<?> working =
          aside.submit(
              () -> {
                try {
                  work.run(() -> arrivals.measured.set(System.nanoTime()));
                } finally {
                  arrivals.over.set(true);
                }
                return null;
              });
      Latencies all = new Latencies();
      run(CLIENTS, (statement, random, mine) -> serve(arrivals, statement, random, mine))
          .forEach(all::addAll);
      working.get();
      return all;
    } finally {
      aside.shutdown();
    }
  }

  private void serve(
      Arrivals arrivals, PreparedStatement statement, SplittableRandom random, Latencies mine)
      throws SQLException {
    while (!arrivals.over.get()) {
      long due = arrivals.next();
      awaitMoment(due);
      once(statement, random);
      if (due > arrivals.measured.get()) {
        mine.add(System.nanoTime() - due);
      }
    }
  }

  /** The moments at which updates are due. */
  private record Arrivals(
      long start, double interval, AtomicLong given, AtomicLong measured, AtomicBoolean over) {

    Arrivals(long start, double interval) {
      this(start, interval, new AtomicLong(), new AtomicLong(Long.MAX_VALUE), new AtomicBoolean());
    }

    long next() {
      return start + (long) (given.getAndIncrement() * interval);
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

  private interface Client {
    void run(PreparedStatement statement, SplittableRandom random, Latencies all)
        throws SQLException;
  }

  private List<Latencies> run(int clients, Client client) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(clients);
    try {
      List<Future<Latencies>> running = new ArrayList<>();
      for (int seed = 1; seed <= clients; seed++) {
        SplittableRandom random = new SplittableRandom(seed);
        running.add(threads.submit(() -> one(client, random)));
      }
      List<Latencies> all = new ArrayList<>();
      for (Future<Latencies> latencies : running) {
        all.add(latencies.get());
      }
      return all;
    } finally {
      threads.shutdown();
    }
  }

  private Latencies one(Client client, SplittableRandom random) throws SQLException {
    Latencies latencies = new Latencies();
    try (Connection connection = bench.connect();
        PreparedStatement statement = connection.prepareStatement(update)) {
      client.run(statement, random, latencies);
    }
    return latencies;
  }
}
