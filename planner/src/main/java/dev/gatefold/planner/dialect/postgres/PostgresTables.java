package dev.gatefold.planner.dialect.postgres;

import dev.gatefold.planner.dialect.Copies;
import dev.gatefold.planner.dialect.Tables;
import dev.gatefold.planner.draft.Standing;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.Literal;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.plan.Check;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Whole tables of PostgreSQL. */
final class PostgresTables implements Tables {

  @Override
  public String create(
      TableName table, boolean unlogged, List<String> elements, Optional<String> partitionKey) {
    return "CREATE %sTABLE %s (%s)%s"
        .formatted(
            unlogged ? "UNLOGGED " : "",
            table.quoted(),
            elements.isEmpty() ? "" : "\n  " + String.join(",\n  ", elements),
            partitionKey.map(key -> " PARTITION BY " + key).orElse(""));
  }

  @Override
  public String comment(TableName table, String text) {
    return "COMMENT ON TABLE " + table.quoted() + " IS " + Literal.of(text);
  }

  @Override
  public String commentOnColumn(TableName table, Identifier column, String text) {
    return "COMMENT ON COLUMN %s.%s IS %s"
        .formatted(table.quoted(), column.quoted(), Literal.of(text));
  }

  @Override
  public String createIndex(TableName table, Identifier index, boolean unique, String definition) {
    return "CREATE %sINDEX %s ON %s %s"
        .formatted(unique ? "UNIQUE " : "", index.quoted(), table.quoted(), definition);
  }

  @Override
  public String drop(TableName table) {
    return "DROP TABLE " + table.quoted();
  }

  @Override
  public Check isFree(TableName table) {
    String name = Literal.of(table.quoted());
    return new Check(
        "SELECT pg_catalog.to_regclass(%1$s) IS NULL AND pg_catalog.to_regtype(%1$s) IS NULL"
            .formatted(name),
        "there is another %s by now".formatted(table));
  }

  @Override
  public Check isEmpty(TableName table, String failure) {
    return new Check("SELECT NOT EXISTS (SELECT FROM " + table.quoted() + ")", failure);
  }

  @Override
  public Check isSmall(TableName table, long rows, long bytes, String failure) {
    // Counted, not estimated: the estimate may be of before the table grew.
    return new Check(
        """
        SELECT s.bytes < %3$d AND r.count < %2$d,
               pg_catalog.format('it has %%s in %%s rows%%s', pg_catalog.pg_size_pretty(s.bytes), r.count,
                                 CASE WHEN r.count < %2$d THEN '' ELSE ' or more' END)
        FROM (SELECT pg_catalog.sum(pg_catalog.pg_total_relation_size(t.relid)) AS bytes
              FROM (SELECT %1$s::pg_catalog.regclass AS relid
                    UNION SELECT relid FROM pg_catalog.pg_partition_tree(%1$s::pg_catalog.regclass)) AS t) AS s,
             (SELECT pg_catalog.count(*) FROM (SELECT FROM %4$s LIMIT %2$d) AS t) AS r"""
            .formatted(Literal.of(table.quoted()), rows, bytes, table.quoted()),
        failure);
  }

  @Override
  public Check hasColumns(TableName table, List<Identifier> columns) {
    return new Check(
        """
        SELECT ARRAY(SELECT attname::text FROM pg_catalog.pg_attribute
                     WHERE attrelid = pg_catalog.to_regclass(%s) AND attnum > 0 AND NOT attisdropped)
               @> ARRAY[%s]::text[]"""
            .formatted(
                Literal.of(table.quoted()),
                columns.stream()
                    .map(column -> Literal.of(column.value()))
                    .collect(Collectors.joining(", "))),
        "%s is not the table that the change made".formatted(table));
  }

  @Override
  public Check columnsAre(TableName table, List<Identifier> columns) {
    return new Check(
        """
        SELECT ARRAY(SELECT attname::text FROM pg_catalog.pg_attribute
                     WHERE attrelid = pg_catalog.to_regclass(%s) AND attnum > 0 AND NOT attisdropped
                     ORDER BY attnum)
               = ARRAY[%s]::text[]"""
            .formatted(
                Literal.of(table.quoted()),
                columns.stream()
                    .map(column -> Literal.of(column.value()))
                    .collect(Collectors.joining(", "))),
        "%s has other columns by now than the plan was made for".formatted(table));
  }

  @Override
  public List<String> move(TableName from, TableName to, Identifier between) {
    if (from.schema().equals(to.schema())) {
      return List.of(rename(from, to.name()));
    }
    String schema = " SET SCHEMA " + to.schema().quoted();
    if (from.name().equals(to.name())) {
      return List.of("ALTER TABLE " + from.quoted() + schema);
    }
    // Each schema may have a table of the name that this one has in the other.
    TableName there = new TableName(to.schema(), between);
    return List.of(
        rename(from, between),
        "ALTER TABLE " + new TableName(from.schema(), between).quoted() + schema,
        rename(there, to.name()));
  }

  private static String rename(TableName from, Identifier to) {
    return "ALTER TABLE " + from.quoted() + " RENAME TO " + to.quoted();
  }

  @Override
  public String renameView(TableName from, Identifier to) {
    return "ALTER VIEW " + from.quoted() + " RENAME TO " + to.quoted();
  }

  @Override
  public String createMirror(
      TableName view, TableName table, List<Identifier> columns, int version) {
    return createView(
        view,
        // A view of version 14 runs with the rights of its owner.
        version >= 15 ? Optional.of("security_invoker = true") : Optional.empty(),
        "SELECT %s FROM %s"
            .formatted(
                columns.stream().map(Identifier::quoted).collect(Collectors.joining(", ")),
                table.quoted()),
        false);
  }

  @Override
  public String createView(
      TableName view, Optional<String> options, String query, boolean replace) {
    return "CREATE %sVIEW %s%s AS %s"
        .formatted(
            replace ? "OR REPLACE " : "",
            view.quoted(),
            options.map(text -> " WITH (" + text + ")").orElse(""),
            query);
  }

  @Override
  public String dropView(TableName view) {
    return "DROP VIEW " + view.quoted();
  }

  @Override
  public String commentOnView(TableName view, String text) {
    return "COMMENT ON VIEW " + view.quoted() + " IS " + Literal.of(text);
  }

  @Override
  public Copies copies() {
    return new PostgresCopies();
  }

  @Override
  public String grant(TableName relation, Standing.Privilege privilege) {
    return "GRANT %s%s ON %s TO %s%s"
        .formatted(
            privilege.privilege(),
            privilege.column().map(column -> " (" + column.quoted() + ")").orElse(""),
            relation.quoted(),
            privilege.grantee(),
            privilege.grantable() ? " WITH GRANT OPTION" : "");
  }
}
