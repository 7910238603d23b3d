package dev.gatefold.backfill.session;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** A statement with its text parameters. Immutable and thread-safe. */
public record BoundStatement(String sql, List<String> parameters) {

  public BoundStatement {
    parameters = List.copyOf(parameters);
  }

  /** Reads a whole result. */
  @FunctionalInterface
  public interface Reader<T> {
    T read(ResultSet rows) throws SQLException;
  }

  public static BoundStatement of(String sql) {
    return new BoundStatement(sql, List.of());
  }

  public static BoundStatement of(String sql, List<String> parameters) {
    return new BoundStatement(sql, parameters);
  }

  public <T> T query(Connection connection, Reader<T> reader) throws SQLException {
    try (PreparedStatement statement = prepared(connection);
        ResultSet rows = statement.executeQuery()) {
      return reader.read(rows);
    }
  }

  /** Runs it, whatever kind of statement it is, and drops its result. */
  public void run(Connection connection) throws SQLException {
    try (PreparedStatement statement = prepared(connection)) {
      statement.execute();
    }
  }

  private PreparedStatement prepared(Connection connection) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < parameters.size(); i++) {
      statement.setString(i + 1, parameters.get(i));
    }
    return statement;
  }
}
