package dev.gatefold.executor.demo.traffic;

import dev.gatefold.executor.database.Query;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Compares every row of the table with the book, in one query that knows nothing of Gatefold. */
final class Audit {

  private static final int MOST_KEYS = 1000;
  private static final String DELETED = "-";

  private final Book book;
  private final Shape shape;

  Audit(Book book, Shape shape) {
    this.book = book;
    this.shape = shape;
  }

  /**
   * What it found.
   *
   * @param rows how many were compared
   * @param wrong keys of orders that are not as they must be, the first thousand
   */
  record Result(long rows, List<Long> wrong) {}

  Result run(Connection connection) throws SQLException {
    List<Object> parameters = parameters();
    parameters.add(book.rows());
    return Query.of(sql(), parameters.toArray()).first(connection, Audit::result).orElseThrow();
  }

  private static Result result(ResultSet row) throws SQLException {
    Long[] wrong = (Long[]) row.getArray(2).getArray();
    return new Result(row.getLong(1), List.of(wrong));
  }

  /** The book, a list for each column; an order that was deleted has no values. */
  private List<Object> parameters() {
    Map<Long, Optional<Order>> written = book.written();
    List<Object> lists = new ArrayList<>();
    lists.add(written.keySet().stream().map(String::valueOf).toList());
    for (Column column : Column.ALL) {
      lists.add(written.values().stream().map(order -> text(order, column)).toList());
    }
    return lists;
  }

  private static String text(Optional<Order> order, Column column) {
    return order.map(it -> it.value(column, Shape.ORIGINAL).toString()).orElse(DELETED);
  }

  private String sql() {
    return """
    WITH written AS (
      SELECT w.id::bigint, w.customer, w.total, w.status, w.note
      FROM unnest(?, ?, ?, ?, ?) AS w (id, customer, total, status, note)
    ), expected AS (
      SELECT * FROM written WHERE total <> '%s'
      UNION ALL
      SELECT id, %s
      FROM generate_series(1::bigint, ?) AS original (id)
      WHERE id NOT IN (SELECT id FROM written)
    ), compared AS (
      SELECT id, e.id IS NULL OR o.id IS NULL
        OR (e.customer, e.total, e.status, e.note)
           IS DISTINCT FROM (o.%s, o.%s::text, o.%s::text, o.note) AS wrong
      FROM expected e FULL JOIN orders o USING (id)
    )
    SELECT count(*),
      coalesce((array_agg(id ORDER BY id) FILTER (WHERE wrong))[1:%d], '{}') FROM compared\
    """
        .formatted(
            DELETED,
            Order.ORIGINAL_SQL,
            shape.name(Column.CUSTOMER),
            shape.name(Column.TOTAL),
            shape.name(Column.STATUS),
            MOST_KEYS);
  }
}
