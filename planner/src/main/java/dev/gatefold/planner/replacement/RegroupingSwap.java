package dev.gatefold.planner.replacement;

import dev.gatefold.planner.dialect.Dialect;
import dev.gatefold.planner.schema.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the swap does to the columns of larger groups, beside their names. Nothing comes over: the
 * new ones get what the file says of them, the old ones lose their defaults until they come back.
 */
final class RegroupingSwap {

  private final TableReplacement replacement;
  private final Dialect dialect;

  RegroupingSwap(TableReplacement replacement) {
    this.replacement = replacement;
    this.dialect = replacement.dialect();
  }

  /** The old columns that must hold NULL where there is no way back, and do not yet. */
  static Stream<Column> givenUp(ColumnGroup group) {
    return group.olds().stream()
        .map(OldColumn::column)
        .filter(old -> group.giveUpRollback() && old.notNull());
  }

  /** While the old columns have their names. */
  List<String> swap() {
    List<String> sql = new ArrayList<>();
    for (ColumnGroup group : replacement.regroupings()) {
      givenUp(group).forEach(old -> sql.add(dialect.dropNotNull(replacement.name(), old.name())));
      for (OldColumn old : group.olds()) {
        if (old.column().defaultValue().isPresent()) {
          sql.add(dialect.setDefault(replacement.name(), old.name(), Optional.empty()));
        }
      }
      for (NewColumn column : group.news()) {
        if (column.notNull()) {
          sql.add(dialect.setNotNull(replacement.name(), column.name()));
        }
        column
            .defaultValue()
            .ifPresent(
                value ->
                    sql.add(
                        dialect.setDefault(replacement.name(), column.name(), Optional.of(value))));
      }
    }
    return sql;
  }

  /** Once the old columns have their names back. */
  List<String> swapBack() {
    List<String> sql = new ArrayList<>();
    NotNulls notNulls = new NotNulls(dialect, replacement.table());
    for (ColumnGroup group : replacement.regroupings()) {
      for (NewColumn column : group.news()) {
        if (column.defaultValue().isPresent()) {
          sql.add(dialect.setDefault(replacement.name(), column.name(), Optional.empty()));
        }
        if (column.notNull()) {
          sql.add(dialect.dropNotNull(replacement.name(), column.name()));
        }
      }
      for (OldColumn old : group.olds()) {
        old.column()
            .defaultValue()
            .ifPresent(
                value ->
                    sql.add(
                        dialect.setDefault(
                            replacement.name(), old.name(), Optional.of(value.expression()))));
      }
      givenUp(group)
          .forEach(
              old -> {
                sql.addAll(notNulls.set(old.attnum(), old.name()));
                sql.add(
                    dialect.dropConstraint(
                        replacement.name(), replacement.names().oldNotNull(old.attnum())));
              });
    }
    return sql;
  }
}
