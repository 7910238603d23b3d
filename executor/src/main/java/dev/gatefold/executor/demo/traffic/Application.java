package dev.gatefold.executor.demo.traffic;

import dev.gatefold.backfill.pace.Sleeper;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** A version of the application that runs: some connections, each with a thread of its own. */
final class Application {

  private static final int MOST_PAUSE_MILLIS = 4;

  private final String url;
  private final Shape shape;
  private final Book book;
  private final Tally tally;
  private final Sleeper sleeper;
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean leaving;

  Application(String url, Shape shape, Book book, Tally tally, Sleeper sleeper) {
    this.url = url;
    this.shape = shape;
    this.book = book;
    this.tally = tally;
    this.sleeper = sleeper;
  }

  void start(String name, int connections) {
    for (int i = 1; i <= connections; i++) {
      Thread thread = new Thread(this::work, name + " " + i);
      thread.setDaemon(true);
      threads.add(thread);
      thread.start();
    }
  }

  /** Lets every client finish what it is at. */
  void leave() throws InterruptedException {
    leaving = true;
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private void work() {
    RandomGenerator random = RandomGenerator.getDefault();
    try (Connection connection = DriverManager.getConnection(url)) {
      Client client = new Client(new OrdersTable(connection, shape, tally), book, tally, random);
      while (!leaving) {
        client.act();
        sleeper.sleep(Duration.ofMillis(random.nextInt(MOST_PAUSE_MILLIS + 1)));
      }
    } catch (SQLException | RuntimeException e) {
      tally.failed(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
