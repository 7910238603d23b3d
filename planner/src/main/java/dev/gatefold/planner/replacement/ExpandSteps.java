package dev.gatefold.planner.replacement;

import dev.gatefold.planner.dialect.Dialect;
import dev.gatefold.planner.plan.LockMode;
import dev.gatefold.planner.plan.Step;
import dev.gatefold.planner.plan.SyncMode;
import dev.gatefold.planner.plan.Undo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Adds the new columns, empty, together with the sync that fills them in rows written from now on.
 */
public final class ExpandSteps {

  private final TableReplacement replacement;
  private final Dialect dialect;

  public ExpandSteps(TableReplacement replacement) {
    this.replacement = replacement;
    this.dialect = replacement.dialect();
  }

  public List<Step> steps() {
    return List.of(addColumns());
  }

  /**
   * One transaction: a trigger without its column, or a column that rows could be written to
   * without the trigger, must never be seen.
   */
  private Step addColumns() {
    List<String> sql = new ArrayList<>();
    sql.add(
        dialect.addColumns(
            replacement.name(),
            replacement.columns().stream()
                .map(column -> new Dialect.NewColumn(replacement.building(column), column.type()))
                .toList()));
    for (ColumnReplacement column : replacement.columns()) {
      sql.addAll(
          dialect.carryColumn(
              replacement.name(), column.old(), replacement.building(column), column.sameType()));
    }
    sql.addAll(dialect.createSync(replacement.sync().beforeSwap(), SyncMode.FILL));
    return new Step.BriefDdl(
        "expand.columns." + replacement.name(),
        "add column and sync",
        sql,
        LockMode.ACCESS_EXCLUSIVE,
        List.of(replacement.name()),
        Stream.concat(
                Stream.of(replacement.isTheTable()),
                replacement.columns().stream()
                    .map(
                        column ->
                            dialect.columnIs(
                                replacement.table().oid(),
                                column.old().attnum(),
                                column.old().name())))
            .toList(),
        replacement.sync().becomes(Optional.of(SyncMode.FILL)),
        Undo.by(dropColumns()));
  }

  private Step dropColumns() {
    List<String> sql = new ArrayList<>(dialect.dropSync(replacement.sync().beforeSwap()));
    sql.add(
        dialect.dropColumns(
            replacement.name(),
            replacement.columns().stream().map(replacement::building).toList()));
    return new Step.BriefDdl(
        "expand.columns." + replacement.name() + ".undo",
        "drop new column and sync",
        sql,
        LockMode.ACCESS_EXCLUSIVE,
        List.of(replacement.name()),
        replacement.columnsAre(column -> column.old().name(), replacement::building),
        replacement.sync().becomes(Optional.empty()),
        new Undo.Nothing());
  }
}
