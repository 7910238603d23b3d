package dev.gatefold.backfill.session;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
   * @param numbers what those select that select a number, in order
   */
  public record Answer(long changed, List<Long> numbers) {

    public Answer {
      numbers = List.copyOf(numbers);
    }

    /** What the last one selects. */
    public long number() {
      return numbers.isEmpty() ? 0 : numbers.get(numbers.size() - 1);
    }
  }

  /** Runs all statements of a message. */
  public Answer answer(Connection connection) throws SQLException {
    try (PreparedStatement statement = prepared(connection)) {
      long changed = 0;
      List<Long> numbers = new ArrayList<>();
      boolean rows = statement.execute();
      while (rows || statement.getUpdateCount() != -1) {
        if (rows) {
          number(statement).ifPresent(numbers::add);
        } else {
          changed += statement.getUpdateCount();
        }
        rows = statement.getMoreResults();
      }
      return new Answer(changed, numbers);
    }
  }

  private static Optional<Long> number(PreparedStatement statement) throws SQLException {
    try (ResultSet row = statement.getResultSet()) {
      boolean isNumber = row.getMetaData().getColumnType(1) == Types.BIGINT;
      return isNumber && row.next() ? Optional.of(row.getLong(1)) : Optional.empty();
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
