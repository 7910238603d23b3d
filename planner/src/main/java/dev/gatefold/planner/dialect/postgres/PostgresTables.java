package dev.gatefold.planner.dialect.postgres;

import dev.gatefold.planner.dialect.Tables;
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
}
