package dev.gatefold.executor.trial.copy;

import dev.gatefold.executor.database.Query;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One foreign key of a copy: which keys its rows refer to that the copy lacks.
 *
 * @param child the table that refers, quoted; of a partitioned one the whole
 * @param columns of the child, quoted, one by one with those of the parent
 */
record ForeignKey(
    String child, String parent, List<String> columns, List<String> keys, List<String> types) {

  private static final String ALL =
      """
      SELECT f.conrelid::regclass, f.confrelid::regclass, %s
      FROM pg_constraint f
      WHERE f.contype = 'f' AND f.conparentid = 0 AND f.convalidated
      ORDER BY f.oid\
      """
          .formatted(
              List.of(
                      names("conkey", "conrelid", "quote_ident(a.attname)"),
                      names("confkey", "confrelid", "quote_ident(a.attname)"),
                      names("confkey", "confrelid", "format_type(a.atttypid, a.atttypmod)"))
                  .stream()
                  .collect(Collectors.joining(", ")));

  ForeignKey {
    columns = List.copyOf(columns);
    keys = List.copyOf(keys);
    types = List.copyOf(types);
  }

  private static String names(String key, String table, String what) {
    return """
    ARRAY(SELECT %s FROM unnest(f.%s) WITH ORDINALITY AS k (attnum, place)
          JOIN pg_attribute a ON a.attrelid = f.%s AND a.attnum = k.attnum
          ORDER BY k.place)"""
        .formatted(what, key, table);
  }

  /** Those of a database; names are printed with their schemas where the search path is empty. */
  static List<ForeignKey> all(Connection connection) throws SQLException {
    return Query.of(ALL)
        .list(
            connection,
            row ->
                new ForeignKey(
                    row.getString(1),
                    row.getString(2),
                    texts(row, 3),
                    texts(row, 4),
                    texts(row, 5)));
  }

  private static List<String> texts(ResultSet row, int column) throws SQLException {
    return List.of((String[]) row.getArray(column).getArray());
  }

  /** The keys that are missing, an array in text for each column of the key; none for no key. */
  List<String> missing(Connection connection) throws SQLException {
    String arrays =
        columns.stream()
            .map("array_agg(c.%s::text)::text"::formatted)
            .collect(Collectors.joining(", "));
    return Query.of(
            "SELECT count(*), %s FROM (SELECT DISTINCT %s FROM %s WHERE %s) c WHERE NOT EXISTS (SELECT FROM %s p WHERE %s)"
                .formatted(
                    arrays,
                    String.join(", ", columns),
                    child,
                    all("%s IS NOT NULL"),
                    parent,
                    matches()))
        .first(connection, this::arrays)
        .orElse(List.of());
  }

  private List<String> arrays(ResultSet row) throws SQLException {
    List<String> arrays = new ArrayList<>();
    if (row.getLong(1) > 0) {
      for (int i = 0; i < columns.size(); i++) {
        arrays.add(row.getString(i + 2));
      }
    }
    return arrays;
  }

  /** Takes away rows whose parent is not to be had. */
  int prune(Connection connection) throws SQLException {
    return Query.of(
            "DELETE FROM %s c WHERE %s AND NOT EXISTS (SELECT FROM %s p WHERE %s)"
                .formatted(child, all("c.%s IS NOT NULL"), parent, matches()))
        .update(connection);
  }

  private String all(String condition) {
    return columns.stream().map(condition::formatted).collect(Collectors.joining(" AND "));
  }

  private String matches() {
    List<String> pairs = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      pairs.add("p.%s = c.%s".formatted(keys.get(i), columns.get(i)));
    }
    return String.join(" AND ", pairs);
  }
}
