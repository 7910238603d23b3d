package dev.gatefold.executor.waiting;

import dev.gatefold.testing.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/** An application that goes on reading and writing the tables; its first error is for ever. */
final class Passers implements AutoCloseable {

  private static final String ROUND =
      """
      SELECT count(*) FROM orders WHERE id < 10;
      UPDATE orders SET note = 'passed' WHERE id = 2;
      INSERT INTO orders (id) SELECT max(id) + 1 FROM orders;
      SELECT count(*) FROM customers WHERE id < 10;
      UPDATE customers SET note = 'passed' WHERE id = 2""";

  private final ExecutorService thread = Executors.newSingleThreadExecutor();
  private final AtomicLong rounds = new AtomicLong();
  private final Future<Long> running;
  private volatile boolean stopped;

  Passers(TestDatabase database) {
    this.running = thread.submit(() -> work(database));
  }

  private long work(TestDatabase database) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(database.url() + "&preferQueryMode=simple");
        Statement statement = connection.createStatement()) {
      while (!stopped) {
        for (String sql : ROUND.split(";")) {
          statement.execute(sql);
        }
        rounds.incrementAndGet();
      }
    }
    return rounds.get();
  }

  /** Comes back once whole rounds have been gone from now on. */
  void passBy() {
    long enough = rounds.get() + 3;
    while (rounds.get() < enough && !running.isDone()) {
      Thread.onSpinWait();
    }
  }

  /** Answers how many rounds were gone; any failed statement fails the test. */
  long finished() throws InterruptedException, ExecutionException, CancellationException {
    stopped = true;
    return running.get();
  }

  @Override
  public void close() {
    stopped = true;
    thread.shutdown();
  }
}
