package dev.gatefold.planner.catalog;

import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.schema.TableProbe.Probed;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One open transaction of a reader. Text of the catalog is read under an empty search path, so that
 * the server prints qualified names; what the author of a change wrote is parsed under the path of
 * the connection. Not thread-safe.
 */
public final class Session {

  private final Connection connection;
  private final String authorPath;

  /** Turns one row into a value. */
  public interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** Statements that the server may refuse. */
  interface Work<T> {
    T run() throws SQLException;
  }

  private Session(Connection connection, String authorPath) {
    this.connection = connection;
    this.authorPath = authorPath;
  }

  /** Starts reading on a connection whose transaction is open or opens with the first statement. */
  public static Session open(Connection connection) throws SQLException {
    Session unnamed = new Session(connection, "");
    String path = unnamed.one(row -> row.getString(1), "SELECT current_setting('search_path')");
    Session session = new Session(connection, path);
    session.searchPath("");
    return session;
  }

  /** The search path that the connection had when the session began. */
  public String authorPath() {
    return authorPath;
  }

  /** Gives the connection its own search path back, for a transaction that goes on. */
  void restoreSearchPath() throws SQLException {
    searchPath(authorPath);
  }

  /** The major version of the server. */
  public int version() throws SQLException {
    return connection.getMetaData().getDatabaseMajorVersion();
  }

  /** The rows of a query with bound parameters. */
  public <T> List<T> list(RowReader<T> reader, String sql, Object... parameters)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      try (ResultSet rows = statement.executeQuery()) {
        return all(reader, rows);
      }
    }
  }

  /** Asks with SQL that may contain an author's text, in which a question mark is an operator. */
  boolean isTrue(String sql) throws SQLException {
    try (Statement statement = plainStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return all(row -> row.getBoolean(1), rows).contains(true);
    }
  }

  private static <T> List<T> all(RowReader<T> reader, ResultSet rows) throws SQLException {
    List<T> result = new ArrayList<>();
    while (rows.next()) {
      result.add(reader.read(rows));
    }
    return result;
  }

  /** The value of a query that answers with exactly one row. */
  public <T> T one(RowReader<T> reader, String sql, Object... parameters) throws SQLException {
    List<T> rows = list(reader, sql, parameters);
    if (rows.size() != 1) {
      throw new SQLException("expected one row of the catalog but found " + rows.size(), "02000");
    }
    return rows.get(0);
  }

  void execute(String sql) throws SQLException {
    try (Statement statement = plainStatement()) {
      statement.execute(sql);
    }
  }

  private Statement plainStatement() throws SQLException {
    Statement statement = connection.createStatement();
    // The driver would rewrite {fn ...} in an author's expression.
    statement.setEscapeProcessing(false);
    return statement;
  }

  /** Runs the work; keeps its effect if the server accepts it and undoes it otherwise. */
  <T> Probed<T> attempt(Work<T> work) throws SQLException {
    Savepoint before = connection.setSavepoint();
    try {
      T result = work.run();
      connection.releaseSavepoint(before);
      return new Probed.Accepted<>(result);
    } catch (SQLException e) {
      connection.rollback(before);
      return Rejections.of(e);
    }
  }

  /** Runs the work and undoes it in any case. */
  <T> Probed<T> tryOut(Work<T> work) throws SQLException {
    Savepoint before = connection.setSavepoint();
    try {
      return new Probed.Accepted<>(work.run());
    } catch (SQLException e) {
      return Rejections.of(e);
    } finally {
      connection.rollback(before);
    }
  }

  /** Runs statements with an author's text in them, with names found as the author sees them. */
  void executeAsAuthor(String sql) throws SQLException {
    // Last in the path, so that our clones hide none of the author's tables and types.
    searchPath(authorPath.isBlank() ? "pg_temp" : authorPath + ", pg_temp");
    execute(sql);
    searchPath("");
  }

  /** Sets the search path until it is set again; the empty one is the rule. */
  void searchPath(String path) throws SQLException {
    one(row -> row.getString(1), "SELECT set_config('search_path', ?, true)", path);
  }

  /** The distinct numbers of an array column. */
  static Set<Integer> numbers(ResultSet row, String column) throws SQLException {
    return Arrays.stream((Object[]) row.getArray(column).getArray())
        .map(number -> (Integer) number)
        .collect(Collectors.toSet());
  }

  /** The distinct names of an array column. */
  static Set<Identifier> names(ResultSet row, String column) throws SQLException {
    return Arrays.stream((Object[]) row.getArray(column).getArray())
        .map(name -> new Identifier((String) name))
        .collect(Collectors.toSet());
  }

  /** Numbers as the text of an SQL array. */
  static String array(Collection<? extends Number> numbers) {
    return numbers.stream().map(String::valueOf).collect(Collectors.joining(",", "{", "}"));
  }
}
