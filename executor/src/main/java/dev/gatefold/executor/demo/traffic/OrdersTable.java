package dev.gatefold.executor.demo.traffic;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The statements of one version of the application on one connection, each of them counted. */
final class OrdersTable {

  private final Connection connection;
  private final Shape shape;
  private final Tally tally;

  OrdersTable(Connection connection, Shape shape, Tally tally) {
    this.connection = connection;
    this.shape = shape;
    this.tally = tally;
  }

  Optional<Order> read(long id) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(shape.select())) {
      statement.setLong(1, id);
      return tally.timed(
          () -> {
            try (ResultSet row = statement.executeQuery()) {
              return row.next() ? Optional.of(order(row)) : Optional.empty();
            }
          });
    }
  }

  /** A value that no application wrote must be seen as such, and not fail here. */
  private Order order(ResultSet row) throws SQLException {
    return new Order(
        String.valueOf(row.getString(1)),
        shape.totalIsNumeric() ? cents(row.getBigDecimal(2)) : cents(row.getString(2)),
        String.valueOf(row.getString(3)),
        String.valueOf(row.getString(4)));
  }

  private static long cents(String total) {
    return total != null && total.matches("\\d+\\.\\d\\d") ? cents(new BigDecimal(total)) : -1;
  }

  private static long cents(BigDecimal total) {
    return total != null && total.scale() == 2 ? total.unscaledValue().longValue() : -1;
  }

  /** Returns the key that the table gave. */
  long insert(Order order) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(shape.insert())) {
      bind(statement, Column.ALL, order);
      return tally.timed(
          () -> {
            try (ResultSet key = statement.executeQuery()) {
              key.next();
              return key.getLong(1);
            }
          });
    }
  }

  void upsert(long id, Order order) throws SQLException {
    change(shape.upsert(), Column.ALL, id, order);
  }

  /** Returns how many rows there were. */
  int update(long id, List<Column> columns, Order order) throws SQLException {
    return change(shape.update(columns), columns, id, order);
  }

  private int change(String sql, List<Column> columns, long id, Order order) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, columns, order);
      statement.setLong(columns.size() + 1, id);
      return tally.timed(statement::executeUpdate);
    }
  }

  int delete(long id) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("DELETE FROM orders WHERE id = ?")) {
      statement.setLong(1, id);
      return tally.timed(statement::executeUpdate);
    }
  }

  void begin() throws SQLException {
    connection.setAutoCommit(false);
  }

  /** Ends the transaction. */
  void end(boolean commit) throws SQLException {
    tally.timed(
        () -> {
          if (commit) {
            connection.commit();
          } else {
            connection.rollback();
          }
          return commit;
        });
    connection.setAutoCommit(true);
  }

  /** After a failed statement: nothing of the transaction stays. */
  void abandon() throws SQLException {
    if (!connection.getAutoCommit()) {
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }

  private void bind(PreparedStatement statement, List<Column> columns, Order order)
      throws SQLException {
    for (int i = 0; i < columns.size(); i++) {
      statement.setObject(i + 1, order.value(columns.get(i), shape));
    }
  }
}
