package dev.gatefold.planner.replacement;

import dev.gatefold.planner.dialect.Dialect;
import dev.gatefold.planner.name.Identifier;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Gives the old columns hidden names and the new ones their final names, and back. What reads the
 * old columns is printed while they have the names that the new ones will have.
 */
final class NameSwap {

  private final TableReplacement replacement;
  private final Dialect dialect;

  NameSwap(TableReplacement replacement) {
    this.replacement = replacement;
    this.dialect = replacement.dialect();
  }

  List<String> swap() {
    List<String> sql = new ArrayList<>();
    // New columns of larger groups have their final names from the start.
    replacement
        .regroupings()
        .forEach(
            group ->
                group
                    .olds()
                    .forEach(old -> rename(sql, old.name(), replacement.hidden(old.column()))));
    if (replacement.followers().none()) {
      // All old names are free before the first new one is taken: two columns may trade names.
      rename(sql, column -> column.old().name(), replacement::hidden);
      rename(sql, replacement::building, ColumnReplacement::finalName);
      return sql;
    }
    rename(sql, replacement::building, replacement::waiting);
    rename(sql, column -> column.old().name(), ColumnReplacement::finalName);
    sql.addAll(replacement.followers().note());
    rename(sql, ColumnReplacement::finalName, replacement::hidden);
    rename(sql, replacement::waiting, ColumnReplacement::finalName);
    sql.addAll(replacement.followers().make());
    return sql;
  }

  List<String> swapBack() {
    List<String> sql = new ArrayList<>();
    replacement
        .regroupings()
        .forEach(
            group ->
                group
                    .olds()
                    .forEach(old -> rename(sql, replacement.hidden(old.column()), old.name())));
    if (replacement.followers().none()) {
      rename(sql, ColumnReplacement::finalName, replacement::building);
      rename(sql, replacement::hidden, column -> column.old().name());
      return sql;
    }
    rename(sql, replacement::hidden, replacement::aside);
    rename(sql, ColumnReplacement::finalName, column -> column.old().name());
    sql.addAll(replacement.followers().noteForReturn());
    rename(sql, column -> column.old().name(), replacement::building);
    rename(sql, replacement::aside, column -> column.old().name());
    sql.addAll(replacement.followers().make());
    return sql;
  }

  private void rename(
      List<String> sql,
      Function<ColumnReplacement, Identifier> from,
      Function<ColumnReplacement, Identifier> to) {
    for (ColumnReplacement column : replacement.columns()) {
      rename(sql, from.apply(column), to.apply(column));
    }
  }

  private void rename(List<String> sql, Identifier from, Identifier to) {
    if (!from.equals(to)) {
      sql.add(dialect.renameColumn(replacement.name(), from, to));
    }
  }
}
