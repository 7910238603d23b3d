package dev.gatefold.executor.faults.client;

import dev.gatefold.executor.faults.client.Sql.Bound;
import dev.gatefold.executor.faults.server.Patience;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A client's connection: lost ones are replaced, and what was under way on them is looked up. */
final class Session {

  private final String url;
  private final String way;
  private Optional<Open> open = Optional.empty();

  /** A connection, and how the server knows it. */
  private record Open(Connection connection, String pid, String since) {}

  /**
   * No connection yet.
   *
   * @param url the server itself, for looking up
   * @param way how the application gets there
   */
  Session(String url, String way) {
    this.url = url;
    this.way = way;
  }

  Connection connection() throws SQLException {
    if (open.isEmpty()) {
      open = Optional.of(connect());
    }
    return open.get().connection();
  }

  private Open connect() throws SQLException {
    Connection connection = DriverManager.getConnection(way);
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT pid, backend_start FROM pg_stat_activity WHERE pid = pg_backend_pid()")) {
      row.next();
      return new Open(connection, row.getString(1), row.getString(2));
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /** Binds and runs a statement; the answer is that of its first row, empty for no row. */
  <T> Optional<T> first(Bound bound, Reader<T> reader) throws SQLException {
    try (PreparedStatement statement = connection().prepareStatement(bound.sql())) {
      for (int i = 0; i < bound.parameters().size(); i++) {
        statement.setString(i + 1, bound.parameters().get(i).orElse(null));
      }
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? Optional.of(reader.read(row)) : Optional.empty();
      }
    }
  }

  interface Reader<T> {
    T read(ResultSet row) throws SQLException;
  }

  static boolean isLost(SQLException e) {
    String state = String.valueOf(e.getSQLState());
    return state.startsWith("08") || state.startsWith("57P");
  }

  /**
   * What a transaction left behind on the connection that was lost: keys and versions; nothing
   * where it was not committed. Asked only once its backend is gone, for until then it may commit
   * yet.
   */
  Map<Long, Long> marks(long txn) {
    Optional<Open> lost = open;
    forget();
    return Patience.result(
        "the outcome of a transaction is known",
        () -> {
          try (Connection asking = DriverManager.getConnection(url)) {
            return lost.isPresent() && lives(asking, lost.get())
                ? Optional.empty()
                : Optional.of(marks(asking, txn));
          }
        });
  }

  private static boolean lives(Connection asking, Open lost) throws SQLException {
    try (PreparedStatement statement =
        asking.prepareStatement(
            """
            SELECT count(pg_terminate_backend(pid)) > 0 FROM pg_stat_activity
            WHERE pid = CAST(? AS int) AND backend_start = CAST(? AS timestamptz)""")) {
      statement.setString(1, lost.pid());
      statement.setString(2, lost.since());
      try (ResultSet row = statement.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }

  private static Map<Long, Long> marks(Connection asking, long txn) throws SQLException {
    try (PreparedStatement statement =
        asking.prepareStatement("SELECT key, version FROM marks WHERE txn = ?")) {
      statement.setLong(1, txn);
      Map<Long, Long> marks = new HashMap<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          marks.put(rows.getLong(1), rows.getLong(2));
        }
      }
      return marks;
    }
  }

  /** Leaves the connection, whatever its state. */
  void forget() {
    Optional<Open> left = open;
    open = Optional.empty();
    try {
      if (left.isPresent()) {
        left.get().connection().close();
      }
    } catch (SQLException e) {
      // It was lost; the server ends its side by itself.
      return;
    }
  }
}
