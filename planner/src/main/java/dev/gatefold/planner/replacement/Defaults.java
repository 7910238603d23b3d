package dev.gatefold.planner.replacement;

import dev.gatefold.planner.dialect.Dialect;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.schema.Column;
import dev.gatefold.planner.schema.Column.Volatility;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How defaults, identities and owned sequences go from one column to the other in the swap. */
final class Defaults {

  private final TableReplacement replacement;
  private final Dialect dialect;

  Defaults(TableReplacement replacement) {
    this.replacement = replacement;
    this.dialect = replacement.dialect();
  }

  /** The default of a column if it is no different at the next call. */
  static Optional<String> steady(Column column) {
    return column
        .defaultValue()
        .filter(value -> value.volatility() == Volatility.STEADY)
        .map(Column.Default::expression);
  }

  /** To the new column, under the name that it has before the swap. */
  List<String> toNew(ColumnReplacement column) {
    Identifier from = column.old().name();
    Identifier to = replacement.building(column);
    List<String> sql = new ArrayList<>();
    column
        .old()
        .identity()
        .ifPresent(
            identity -> sql.addAll(dialect.moveIdentity(replacement.name(), from, to, identity)));
    if (column.old().defaultValue().isPresent()) {
      sql.add(dialect.setDefault(replacement.name(), from, Optional.empty()));
    }
    column
        .defaultValue()
        .ifPresent(
            value -> sql.add(dialect.setDefault(replacement.name(), to, Optional.of(value))));
    ownedSequence(column)
        .ifPresent(sequence -> sql.add(dialect.ownSequence(sequence, replacement.name(), to)));
    return sql;
  }

  /** Back to the old column, under the names before the swap. */
  List<String> toOld(ColumnReplacement column) {
    Identifier from = replacement.building(column);
    Identifier to = column.old().name();
    List<String> sql = new ArrayList<>();
    if (column.defaultValue().isPresent()) {
      sql.add(dialect.setDefault(replacement.name(), from, Optional.empty()));
    }
    column
        .old()
        .defaultValue()
        .ifPresent(
            value ->
                sql.add(
                    dialect.setDefault(replacement.name(), to, Optional.of(value.expression()))));
    column
        .old()
        .identity()
        .ifPresent(
            identity -> sql.addAll(dialect.moveIdentity(replacement.name(), from, to, identity)));
    ownedSequence(column)
        .ifPresent(sequence -> sql.add(dialect.ownSequence(sequence, replacement.name(), to)));
    return sql;
  }

  private static Optional<String> ownedSequence(ColumnReplacement column) {
    return column
        .old()
        .defaultValue()
        .flatMap(Column.Default::ownedSequence)
        .map(Column.OwnedSequence::name);
  }
}
