package dev.gatefold.planner.dialect.postgres;

import dev.gatefold.planner.dialect.Violations;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.Literal;
import dev.gatefold.planner.name.TableName;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The queries for PostgreSQL. */
final class PostgresViolations implements Violations {

  /** Enough to see what is wrong; a table may have millions of them. */
  private static final int SHOWN = 5;

  @Override
  public String ofCheck(Rows rows, String definition) {
    String condition = definition.substring("CHECK ".length(), definition.lastIndexOf(')') + 1);
    return query(rows, "NOT " + condition, Literal.of("breaks " + definition));
  }

  @Override
  public String ofNotNull(Rows rows, Identifier column) {
    return query(rows, "t." + column.quoted() + " IS NULL", Literal.of(column + " is NULL"));
  }

  @Override
  public String ofUnique(TableName table, List<Identifier> columns, boolean nullsNotDistinct) {
    String list = list(columns, "t");
    return """
    SELECT pg_catalog.concat_ws(', ', %1$s), 'stands in ' || pg_catalog.count(*) || ' rows'
    FROM %2$s AS t
    %3$sGROUP BY %4$s
    HAVING pg_catalog.count(*) > 1
    LIMIT %5$d"""
        .formatted(
            named(columns, "t"),
            table.quoted(),
            nullsNotDistinct ? "" : "WHERE NOT (%s)\n".formatted(anyNull(columns)),
            list,
            SHOWN);
  }

  @Override
  public String ofForeignKey(
      Rows rows,
      List<Identifier> columns,
      TableName referenced,
      List<Identifier> referencedColumns) {
    String same =
        IntStream.range(0, columns.size())
            .mapToObj(
                i ->
                    "r.%s = t.%s"
                        .formatted(referencedColumns.get(i).quoted(), columns.get(i).quoted()))
            .collect(Collectors.joining(" AND "));
    return query(
        rows,
        "NOT (%s) AND NOT EXISTS (SELECT FROM %s AS r WHERE %s)"
            .formatted(anyNull(columns), referenced.quoted(), same),
        "%s || pg_catalog.concat_ws(', ', %s)"
            .formatted(
                Literal.of("refers to no row of " + referenced + ": "), named(columns, "t")));
  }

  private static String query(Rows rows, String condition, String wrong) {
    return """
    SELECT pg_catalog.concat_ws(', ', %s), %s
    FROM %s AS t
    WHERE %s
    LIMIT %d"""
        .formatted(
            rows.key().isEmpty() ? "'ctid=' || t.ctid" : named(rows.key(), "t"),
            wrong,
            rows.table().quoted(),
            condition,
            SHOWN);
  }

  private static String anyNull(List<Identifier> columns) {
    return columns.stream()
        .map(column -> "t." + column.quoted() + " IS NULL")
        .collect(Collectors.joining(" OR "));
  }

  /** As people write it: {@code id=17}. */
  private static String named(List<Identifier> columns, String row) {
    return columns.stream()
        .map(column -> "%s || %s.%s".formatted(Literal.of(column + "="), row, column.quoted()))
        .collect(Collectors.joining(", "));
  }

  private static String list(List<Identifier> columns, String row) {
    return columns.stream()
        .map(column -> row + "." + column.quoted())
        .collect(Collectors.joining(", "));
  }
}
