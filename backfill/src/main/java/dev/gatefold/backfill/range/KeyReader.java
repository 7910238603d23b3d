package dev.gatefold.backfill.range;

import dev.gatefold.backfill.session.BoundStatement;
import dev.gatefold.planner.plan.RowMapping;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads places of rows of one table. Immutable and thread-safe. */
public final class KeyReader {

  private final KeySql sql;

  public KeyReader(KeySql sql) {
    this.sql = sql;
  }

  /** The first key that a query of keys answers. */
  Optional<Key> first(Connection connection, BoundStatement query) throws SQLException {
    return query.query(connection, this::keys).stream().findFirst();
  }

  /** The keys of rows that a statement has written and answers with, in no order. */
  public List<Key> answered(Connection connection, BoundStatement statement) throws SQLException {
    return statement.query(connection, this::keys);
  }

  public long count(Connection connection, KeyRange range) throws SQLException {
    String query =
        """
        SELECT count(*) FROM %s WHERE %s
        """
            .formatted(sql.table(), sql.within(range));
    return BoundStatement.of(query, range.parameters())
        .query(connection, rows -> rows.next() ? rows.getLong(1) : 0);
  }

  /** All keys of a range that is no larger than a batch, in order. */
  public List<Key> all(Connection connection, KeyRange range) throws SQLException {
    return where(connection, range, "true", Integer.MAX_VALUE);
  }

  /** The first keys of the range whose rows fulfil the condition, an SQL expression. */
  public List<Key> where(Connection connection, KeyRange range, String condition, int limit)
      throws SQLException {
    String query =
        """
        SELECT %s FROM %s WHERE %s AND (%s) ORDER BY %s LIMIT %d
        """
            .formatted(
                sql.texts(), sql.table(), sql.within(range), condition, sql.ascending(), limit);
    return BoundStatement.of(query, range.parameters()).query(connection, this::keys);
  }

  /**
   * By which transaction each of some rows was written as it is; of several with one key by which.
   */
  public Map<Key, String> versions(Connection connection, List<Key> keys) throws SQLException {
    BoundStatement rows = sql.rows(keys);
    String query =
        """
        SELECT %1$s, string_agg(%2$s.xmin::text, ',' ORDER BY %2$s.xmin::text)
        FROM %3$s WHERE %4$s GROUP BY %1$s
        """
            .formatted(sql.texts(), RowMapping.ROW, sql.table(), rows.sql());
    return BoundStatement.of(query, rows.parameters())
        .query(
            connection,
            found -> {
              Map<Key, String> versions = new HashMap<>();
              while (found.next()) {
                versions.put(key(found), found.getString(sql.width() + 1));
              }
              return versions;
            });
  }

  private List<Key> keys(ResultSet rows) throws SQLException {
    List<Key> keys = new ArrayList<>();
    while (rows.next()) {
      keys.add(key(rows));
    }
    return keys;
  }

  private Key key(ResultSet row) throws SQLException {
    List<String> values = new ArrayList<>();
    for (int column = 1; column <= sql.width(); column++) {
      values.add(row.getString(column));
    }
    return new Key(values);
  }
}
