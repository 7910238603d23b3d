package dev.gatefold.planner.catalog;

import dev.gatefold.planner.change.ColumnTraits;
import dev.gatefold.planner.change.Operation;
import dev.gatefold.planner.change.Operation.AlterColumn;
import dev.gatefold.planner.change.Operation.ColumnChange;
import dev.gatefold.planner.change.Operation.DefaultChange;
import dev.gatefold.planner.change.Operation.Mapping;
import dev.gatefold.planner.change.Operation.OnDownFailure;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import java.util.Optional;

/** An {@code alter_column} as a test writes it. */
record Alter(
    String table,
    Identifier column,
    Optional<Identifier> to,
    Optional<String> type,
    Optional<DefaultChange> newDefault,
    Optional<String> up,
    Optional<String> down) {

  static Alter column(String table, String column) {
    return new Alter(
        table,
        new Identifier(column),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  Alter to(String name) {
    return new Alter(table, column, Optional.of(new Identifier(name)), type, newDefault, up, down);
  }

  Alter type(String sql) {
    return new Alter(table, column, to, Optional.of(sql), newDefault, up, down);
  }

  Alter defaultTo(DefaultChange change) {
    return new Alter(table, column, to, type, Optional.of(change), up, down);
  }

  Alter defaultTo(String expression) {
    return defaultTo(new DefaultChange.Set(expression));
  }

  Alter up(String sql) {
    return new Alter(table, column, to, type, newDefault, Optional.of(sql), down);
  }

  Alter down(String sql) {
    return new Alter(table, column, to, type, newDefault, up, Optional.of(sql));
  }

  Operation done() {
    return new AlterColumn(
        TableName.parse(table),
        column,
        new ColumnChange(to, type, Optional.empty(), newDefault, ColumnTraits.NONE),
        new Mapping(up, down, false, false, OnDownFailure.REFUSE));
  }
}
