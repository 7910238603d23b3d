package dev.gatefold.executor.trial.picture;

import dev.gatefold.executor.database.Query;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which columns each table has at a moment, with their types. Of partitioned tables the partitions.
 */
public record TableColumns(Map<TableName, Map<Identifier, String>> tables) {

  private static final String QUERY =
      """
      SELECT n.nspname, c.relname, a.attname, format_type(a.atttypid, a.atttypmod)
      FROM pg_class c
      JOIN pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
      WHERE c.relkind IN ('r', 'p') AND c.relpersistence <> 't' AND n.nspname !~ '^pg_'
        AND n.nspname NOT IN ('information_schema', 'gatefold', 'gatefold_trial')
      ORDER BY 1, 2, 3\
      """;

  public TableColumns {
    tables = Map.copyOf(tables);
  }

  private record Line(String schema, String table, String column, String type) {}

  public static TableColumns read(Connection connection) throws SQLException {
    Map<TableName, Map<Identifier, String>> tables = new TreeMap<>();
    Query.of(QUERY)
        .list(
            connection,
            row -> new Line(row.getString(1), row.getString(2), row.getString(3), row.getString(4)))
        .forEach(
            line ->
                tables
                    .computeIfAbsent(
                        new TableName(new Identifier(line.schema()), new Identifier(line.table())),
                        name -> new TreeMap<>())
                    .put(new Identifier(line.column()), line.type()));
    return new TableColumns(tables);
  }

  /** What both have: tables of the same name, in them columns of the same name and type. */
  public TableColumns common(TableColumns other) {
    Map<TableName, Map<Identifier, String>> common = new TreeMap<>();
    tables.forEach(
        (table, columns) -> {
          Map<Identifier, String> others = other.tables().get(table);
          if (others != null) {
            common.put(
                table,
                columns.entrySet().stream()
                    .filter(column -> column.getValue().equals(others.get(column.getKey())))
                    .collect(
                        Collectors.toMap(
                            Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, TreeMap::new)));
          }
        });
    return new TableColumns(common);
  }
}
