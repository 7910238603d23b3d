package dev.gatefold.executor.feed;

import dev.gatefold.executor.traffic.Crew;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Clients that come back whenever their connection is lost; any other error ends its client. */
final class SturdyCrew implements AutoCloseable {

  private final List<Future<Long>> running = new ArrayList<>();
  private final ExecutorService threads;
  private volatile boolean stopped;

  private SturdyCrew(int size) {
    this.threads = Executors.newFixedThreadPool(size);
  }

  static SturdyCrew start(String url, List<? extends Crew.Client> clients) {
    SturdyCrew crew = new SturdyCrew(clients.size());
    for (Crew.Client client : clients) {
      crew.running.add(crew.threads.submit(() -> crew.work(url, client)));
    }
    return crew;
  }

  private long work(String url, Crew.Client client) throws SQLException {
    long rounds = 0;
    while (!stopped) {
      try (Connection connection = DriverManager.getConnection(url + "&preferQueryMode=simple");
          Statement statement = connection.createStatement()) {
        while (!stopped) {
          client.round(statement, rounds);
          rounds++;
        }
      } catch (SQLException e) {
        if (!lost(e)) {
          throw e;
        }
      }
    }
    return rounds;
  }

  /** The server is gone, going or coming. */
  private static boolean lost(SQLException error) {
    String state = String.valueOf(error.getSQLState());
    return state.startsWith("08") || state.startsWith("57P");
  }

  /** Stops; answers how many rounds were gone in all. */
  long finished() throws Exception {
    close();
    long rounds = 0;
    for (Future<Long> member : running) {
      rounds += member.get();
    }
    return rounds;
  }

  @Override
  public void close() {
    stopped = true;
    threads.shutdown();
  }
}
