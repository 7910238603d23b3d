package dev.gatefold.executor;

import dev.gatefold.testing.StandbyServer;
import dev.gatefold.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Somebody whose report reads a table on a standby, in a transaction that stays open. */
final class StandbyReader implements AutoCloseable {

  private final Connection connection;
  private final String table;
  private final int pid;

  private StandbyReader(Connection connection, String table) throws SQLException {
    this.connection = connection;
    this.table = table;
    this.pid = count("SELECT pg_backend_pid()");
  }

  /** Comes back once the transaction is too old to be passed over. */
  static StandbyReader of(StandbyServer standby, TestDatabase database, String table)
      throws SQLException {
    Connection connection = standby.connect(database);
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET application_name = 'report'");
      statement.execute("BEGIN ISOLATION LEVEL REPEATABLE READ");
    }
    StandbyReader reader = new StandbyReader(connection, table);
    reader.read();
    StandbyServer.waitUntil(
        connection, "SELECT clock_timestamp() - now() > interval '1100 milliseconds'");
    return reader;
  }

  int pid() {
    return pid;
  }

  /** Fails if replay has cancelled the transaction. */
  int read() throws SQLException {
    return count("SELECT count(*) FROM " + table);
  }

  private int count(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getInt(1);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
