package dev.gatefold.planner.straight;

import dev.gatefold.planner.change.MoveColumns;
import dev.gatefold.planner.dialect.Dialect;
import dev.gatefold.planner.dialect.MoveSpec;
import dev.gatefold.planner.direct.Site;
import dev.gatefold.planner.schema.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Columns that go to another table, while nobody writes either. */
record StraightMove(Site site, MoveColumns operation) {

  List<String> statements() {
    Dialect dialect = site.dialect();
    List<Column> columns = columns();
    List<String> sql = new ArrayList<>();
    List<Dialect.NewColumn> added = new ArrayList<>();
    List<String> carried = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      MoveColumns.Moved moved = operation.columns().get(i);
      added.add(new Dialect.NewColumn(moved.as(), columns.get(i).type()));
      carried.addAll(dialect.carryColumn(operation.to(), columns.get(i), moved.as(), true));
    }
    sql.add(dialect.addColumns(operation.to(), added));
    sql.addAll(carried);
    sql.addAll(
        dialect
            .moves()
            .copy(
                MoveSpec.of(
                    site.whole().name(),
                    operation,
                    "",
                    "",
                    columns,
                    columns.stream().map(Column::name).toList(),
                    Optional.empty())));
    sql.add(dialect.dropColumns(operation.table(), columns.stream().map(Column::name).toList()));
    return sql;
  }

  /** The planner has refused those that are not there. */
  private List<Column> columns() {
    return operation.columns().stream()
        .map(
            moved ->
                site.schema()
                    .table(operation.table())
                    .flatMap(table -> table.column(moved.column()))
                    .orElseThrow())
        .toList();
  }
}
