package dev.gatefold.backfill.throttle.signal;

import dev.gatefold.testing.StandbyServer;
import dev.gatefold.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;

/** A session of an application's, of another name than ours. */
final class Shop implements AutoCloseable {

  private final TestDatabase database;
  private final Connection connection;
  private final int pid;
  private CompletableFuture<Void> running = CompletableFuture.completedFuture(null);

  private Shop(TestDatabase database, Connection connection) throws SQLException {
    this.database = database;
    this.connection = connection;
    this.pid = pid();
  }

  static Shop on(TestDatabase database) throws SQLException {
    Shop shop = new Shop(database, database.connectAsSuperuser());
    shop.run("SET application_name = 'shop'");
    return shop;
  }

  private int pid() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT pg_backend_pid()")) {
      row.next();
      return row.getInt(1);
    }
  }

  void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Begins a statement; comes back once the question is answered with yes. */
  void begin(String sql, Connection asker, String question) throws SQLException {
    running =
        CompletableFuture.runAsync(
            () -> {
              try {
                run(sql);
              } catch (SQLException e) {
                throw new IllegalStateException(e);
              }
            });
    StandbyServer.waitUntil(asker, question);
  }

  /** Comes back once the statement that was begun is over. */
  void end() {
    running.join();
  }

  @Override
  public void close() throws SQLException {
    if (!running.isDone()) {
      database.asSuperuser("SELECT pg_cancel_backend(%d)".formatted(pid));
    }
    running.handle((done, error) -> true).join();
    connection.close();
  }
}
