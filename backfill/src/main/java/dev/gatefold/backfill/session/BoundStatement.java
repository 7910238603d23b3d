package dev.gatefold.backfill.session;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.stream.Stream;

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

  /** This one and then another, in one message. */
  public BoundStatement then(BoundStatement next) {
    return new BoundStatement(
        sql.strip() + ";\n" + next.sql,
        Stream.concat(parameters.stream(), next.parameters.stream()).toList());
  }

  /**
   * What the statements of a message did.
   *
   * @param changed rows that all of them wrote
   * @param number what the last one selects
   */
  public record Answer(long changed, long number) {}

  /** Runs all statements of a message. */
  public Answer answer(Connection connection) throws SQLException {
    try (PreparedStatement statement = prepared(connection)) {
      long changed = 0;
      long number = 0;
      boolean rows = statement.execute();
      while (rows || statement.getUpdateCount() != -1) {
        if (rows) {
          number = number(statement);
        } else {
          changed += statement.getUpdateCount();
        }
        rows = statement.getMoreResults();
      }
      return new Answer(changed, number);
    }
  }

  private static long number(PreparedStatement statement) throws SQLException {
    try (ResultSet row = statement.getResultSet()) {
      return row.next() && row.getMetaData().getColumnType(1) == Types.BIGINT ? row.getLong(1) : 0;
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
