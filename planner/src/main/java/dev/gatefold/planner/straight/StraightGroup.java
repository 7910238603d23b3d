package dev.gatefold.planner.straight;

import dev.gatefold.planner.dialect.Columns.Retyped;
import dev.gatefold.planner.dialect.Dialect;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.replacement.ColumnGroup;
import dev.gatefold.planner.replacement.NewColumn;
import dev.gatefold.planner.replacement.OldColumn;
import dev.gatefold.planner.replacement.SharedGrants;
import dev.gatefold.planner.schema.ColumnType;
import dev.gatefold.planner.schema.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Columns that come, made of others that go. */
record StraightGroup(Dialect dialect, Table table, ColumnGroup group) {

  List<String> statements() {
    TableName name = table.name();
    List<String> sql = new ArrayList<>();
    sql.add(
        dialect.addColumns(
            name,
            group.news().stream()
                .map(column -> new Dialect.NewColumn(column.name(), column.type()))
                .toList()));
    sql.add(dialect.columns().retype(name, group.news().stream().map(this::filled).toList()));
    for (NewColumn column : group.news()) {
      if (column.notNull()) {
        sql.add(dialect.setNotNull(name, column.name()));
      }
      if (column.defaultValue().isPresent()) {
        sql.add(dialect.setDefault(name, column.name(), column.defaultValue()));
      }
    }
    sql.addAll(grants());
    sql.add(dialect.dropColumns(name, group.olds().stream().map(OldColumn::name).toList()));
    return sql;
  }

  private Retyped filled(NewColumn column) {
    ColumnType type = column.type();
    return new Retyped(
        column.name(),
        type.sql() + type.collation().map(name -> " COLLATE " + name).orElse(""),
        Optional.of(column.up().value().with(attnum -> old(attnum).quoted())));
  }

  private Identifier old(int attnum) {
    return group.olds().stream()
        .filter(old -> old.attnum() == attnum)
        .findFirst()
        .orElseThrow()
        .name();
  }

  private List<String> grants() {
    return table.family().stream()
        .flatMap(
            part ->
                SharedGrants.of(part, group).carried().stream()
                    .flatMap(
                        grant ->
                            group.news().stream()
                                .map(
                                    column ->
                                        dialect.grantColumn(part.name(), column.name(), grant))))
        .toList();
  }
}
