package dev.gatefold.planner.dialect.postgres;

import dev.gatefold.planner.dialect.SyncSpec;
import dev.gatefold.planner.plan.SyncMode;
import dev.gatefold.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** A database with the schema of Gatefold, and one session in it. */
final class SyncSession implements AutoCloseable {

  private final TestDatabase database;
  private final Connection connection;

  private SyncSession(TestDatabase database, Connection connection) {
    this.database = database;
    this.connection = connection;
  }

  static SyncSession open() throws SQLException {
    TestDatabase database = TestDatabase.forSuperuser();
    database.execute("CREATE SCHEMA gatefold");
    return new SyncSession(database, database.connect());
  }

  /** A session with a table and a sync of one pair. */
  static SyncSession open(SampleMapping mapping, SyncMode mode) throws SQLException {
    SyncSession session = open();
    session.run(mapping.createTable());
    session.sync(SyncFixture.sync(mapping.pair()), mode);
    return session;
  }

  Connection connection() {
    return connection;
  }

  /** The same database, in a session of its own. */
  TestDatabase database() {
    return database;
  }

  void run(String... sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String one : sql) {
        statement.execute(one);
      }
    }
  }

  void sync(SyncSpec spec, SyncMode mode) throws SQLException {
    run(new PostgresDialect().createSync(spec, mode).toArray(String[]::new));
  }

  void dropSync(SyncSpec spec) throws SQLException {
    run(new PostgresDialect().dropSync(spec).toArray(String[]::new));
  }

  /** What was stored: {@code old|new} of each row, in the order of their numbers. */
  List<String> stored() throws SQLException {
    return rows("SELECT old, new FROM t ORDER BY id");
  }

  /** One line for each row, columns joined by {@code |}. */
  List<String> rows(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      int columns = rows.getMetaData().getColumnCount();
      List<String> lines = new ArrayList<>();
      while (rows.next()) {
        StringJoiner line = new StringJoiner("|");
        for (int column = 1; column <= columns; column++) {
          line.add(String.valueOf(rows.getString(column)));
        }
        lines.add(line.toString());
      }
      return lines;
    }
  }

  /** The server's words against a statement. */
  ServerErrorMessage refusal(String sql) throws SQLException {
    try {
      run(sql);
    } catch (PSQLException e) {
      ServerErrorMessage message = e.getServerErrorMessage();
      if (message != null) {
        return message;
      }
      throw e;
    }
    throw new AssertionError("not refused: " + sql);
  }

  /** The SQLSTATE with which a statement was refused. */
  String refusedWith(String sql) throws SQLException {
    return String.valueOf(refusal(sql).getSQLState());
  }

  /** What a statement stored in the only row, or the SQLSTATE with which it was refused. */
  String outcome(String sql) throws SQLException {
    try {
      run(sql);
    } catch (PSQLException e) {
      return String.valueOf(e.getSQLState());
    }
    return String.join(" and ", stored());
  }

  @Override
  public void close() throws SQLException {
    connection.close();
    database.close();
  }
}
