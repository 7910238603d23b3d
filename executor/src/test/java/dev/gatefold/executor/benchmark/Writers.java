package dev.gatefold.executor.benchmark;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/** Applications that update single rows of {@code items}, one after another, while work goes on. */
final class Writers {

  private static final int CLIENTS = 2;

  /** What the applications do meanwhile. */
  interface Work {
    void run() throws Exception;
  }

  private final Bench bench;
  private final long rows;

  Writers(Bench bench, long rows) {
    this.bench = bench;
    this.rows = rows;
  }

  /** The latencies of all updates that were begun while the work ran; none may fail. */
  Latencies during(String update, Work work) throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    List<Future<Latencies>> clients = new ArrayList<>();
    try {
      for (int seed = 1; seed <= CLIENTS; seed++) {
        SplittableRandom random = new SplittableRandom(seed);
        clients.add(threads.submit(() -> client(update, random, over)));
      }
      work.run();
    } finally {
      over.set(true);
      threads.shutdown();
    }
    Latencies all = new Latencies();
    for (Future<Latencies> client : clients) {
      all.addAll(result(client));
    }
    return all;
  }

  private Latencies client(String update, SplittableRandom random, AtomicBoolean over)
      throws SQLException {
    Latencies latencies = new Latencies();
    try (Connection connection = bench.connect();
        PreparedStatement statement = connection.prepareStatement(update)) {
      while (!over.get()) {
        statement.setLong(1, random.nextLong(rows) + 1);
        long began = System.nanoTime();
        statement.executeUpdate();
        latencies.add(System.nanoTime() - began);
      }
    }
    return latencies;
  }

  private static Latencies result(Future<Latencies> client) throws Exception {
    try {
      return client.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("an application's update failed: " + e.getCause(), e);
    }
  }
}
