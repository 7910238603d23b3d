package dev.gatefold.executor.database;

import dev.gatefold.backfill.session.Transactions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One statement with its parameters. */
public final class Query {

  private final String sql;
  private final Object[] parameters;

  private Query(String sql, Object... parameters) {
    this.sql = sql;
    this.parameters = parameters;
  }

  /** A statement with a value for each question mark; an empty {@link Optional} stands for NULL. */
  public static Query of(String sql, Object... parameters) {
    return new Query(sql, parameters);
  }

  /** Reads one row. */
  public interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  public <T> List<T> list(Connection connection, RowReader<T> reader) throws SQLException {
    try (PreparedStatement statement = prepare(connection);
        ResultSet rows = statement.executeQuery()) {
      List<T> result = new ArrayList<>();
      while (rows.next()) {
        result.add(reader.read(rows));
      }
      return result;
    }
  }

  public <T> Optional<T> first(Connection connection, RowReader<T> reader) throws SQLException {
    List<T> all = list(connection, reader);
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(0));
  }

  /** A query that answers with one boolean; false where it answers with none. */
  public boolean isTrue(Connection connection) throws SQLException {
    return first(connection, row -> row.getBoolean(1)).orElse(false);
  }

  /** Changes rows; answers how many. */
  public int update(Connection connection) throws SQLException {
    try (PreparedStatement statement = prepare(connection)) {
      return statement.executeUpdate();
    }
  }

  /**
   * Changes rows that nobody misses if a crash of the server takes them: the commit waits neither
   * for the disk nor for a standby. Beside busy applications each flush of the log is felt, and
   * progress is told every second. Within a transaction all of that one commits so.
   */
  public void mention(Connection connection) throws SQLException {
    Query both = new Query(Transactions.UNFLUSHED.sql() + ";\n" + sql, parameters);
    try (PreparedStatement statement = both.prepare(connection)) {
      statement.execute();
    }
  }

  private PreparedStatement prepare(Connection connection) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < parameters.length; i++) {
      Object value = parameters[i];
      Object plain = value instanceof Optional<?> optional ? optional.orElse(null) : value;
      if (plain instanceof List<?> list) {
        statement.setArray(i + 1, connection.createArrayOf("text", list.toArray()));
      } else {
        statement.setObject(i + 1, plain);
      }
    }
    return statement;
  }
}
