package dev.gatefold.executor.waiting;

import dev.gatefold.testing.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Somebody who used the tables and left the transaction open. */
final class ForgottenSession implements AutoCloseable {

  /** What it did before it was forgotten. */
  enum Deed {
    READ("SELECT count(*) FROM orders, customers"),
    WROTE(
        "UPDATE orders SET note = 'forgotten' WHERE id = 1;"
            + " UPDATE customers SET note = 'forgotten' WHERE id = 1");

    private final String sql;

    Deed(String sql) {
      this.sql = sql;
    }
  }

  private final Connection connection;
  private final String role;
  private final int pid;

  private ForgottenSession(Connection connection, String role, int pid) {
    this.connection = connection;
    this.role = role;
    this.pid = pid;
  }

  static ForgottenSession after(Deed deed, TestDatabase database) throws SQLException {
    Connection connection =
        DriverManager.getConnection(database.url() + "&ApplicationName=forgotten");
    connection.setAutoCommit(false);
    // It keeps its snapshot, which index builds wait for as well.
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    try (Statement statement = connection.createStatement()) {
      statement.execute(deed.sql);
      try (ResultSet rows = statement.executeQuery("SELECT pg_backend_pid()")) {
        rows.next();
        return new ForgottenSession(connection, database.role(), rows.getInt(1));
      }
    }
  }

  /** How a command has to speak of it: process, user, application, and since when. */
  String words() {
    return "session %d of %s (forgotten, idle in transaction for 00:".formatted(pid, role);
  }

  /** Comes back to its work and ends it. */
  @Override
  public void close() throws SQLException {
    connection.commit();
    connection.close();
  }
}
