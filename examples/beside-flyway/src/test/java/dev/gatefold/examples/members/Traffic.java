package dev.gatefold.examples.members;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.testing.TestDatabase;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** An instance of the application at work: members join and are charged, again and again. */
final class Traffic implements AutoCloseable {

  private static final int ROUNDS = 20;

  private final Semaphore rounds = new Semaphore(0);
  private final Map<Long, BigDecimal> fees = new TreeMap<>();
  private final CompletableFuture<Void> work;
  private volatile boolean stopped;

  /** One round of one version: adds a member and charges it; answers its number. */
  interface Version {
    long round(Connection connection, int cents) throws SQLException;
  }

  private Traffic(TestDatabase database, Version version) {
    work = CompletableFuture.runAsync(() -> run(database, version));
  }

  static Traffic of(TestDatabase database, Version version) {
    return new Traffic(database, version);
  }

  private void run(TestDatabase database, Version version) {
    try (Connection connection = database.connect()) {
      for (int cents = 100; !stopped; cents++) {
        fees.put(version.round(connection, cents), BigDecimal.valueOf(cents, 2));
        rounds.release();
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the application failed: " + e.getMessage(), e);
    }
  }

  /** It got some rounds further from here on. */
  void goesOn() throws InterruptedException {
    rounds.drainPermits();
    assertThat(rounds.tryAcquire(ROUNDS, 30, TimeUnit.SECONDS)).as("rounds").isTrue();
  }

  /** Stops it; answers who was charged what. */
  Map<Long, BigDecimal> stop() {
    stopped = true;
    work.join();
    return fees;
  }

  @Override
  public void close() {
    stop();
  }
}
