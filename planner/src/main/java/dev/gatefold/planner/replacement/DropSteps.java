package dev.gatefold.planner.replacement;

import dev.gatefold.planner.dialect.Dialect;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.plan.Check;
import dev.gatefold.planner.plan.LockMode;
import dev.gatefold.planner.plan.Step;
import dev.gatefold.planner.plan.Sync;
import dev.gatefold.planner.plan.SyncMode;
import dev.gatefold.planner.plan.Undo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Drops the sync and the old columns: after this nothing of ours is left on the table. */
public final class DropSteps {

  private final TableReplacement replacement;
  private final Dialect dialect;

  public DropSteps(TableReplacement replacement) {
    this.replacement = replacement;
    this.dialect = replacement.dialect();
  }

  public List<Step> steps() {
    List<Step> steps = new ArrayList<>();
    steps.add(
        BackfillSteps.verify(
            "drop.verify." + replacement.name(),
            replacement.sync().rowsAfterSwap(),
            SyncMode.BOTH));
    replacement.carried().constraints().stream()
        .filter(CarriedConstraint::foreignKey)
        .forEach(carried -> steps.add(dropForeignKey(carried)));
    steps.add(dropColumns());
    replacement.sync().feed().ifPresent(feed -> steps.add(feed.dropSlot()));
    return steps;
  }

  /** A step of its own: it locks the referenced table too, which nobody named in the change. */
  private Step dropForeignKey(CarriedConstraint carried) {
    return brief(
        "drop.foreign-key." + replacement.name() + "." + carried.constraint().name(),
        "drop old foreign key",
        List.of(dialect.dropConstraint(replacement.name(), carried.hidden())),
        carried.tables(replacement.name()),
        List.of(),
        Optional.empty());
  }

  private Step dropColumns() {
    List<String> sql = new ArrayList<>(replacement.outOfReach().end());
    sql.addAll(replacement.sync().end());
    sql.add(
        dialect.dropColumns(
            replacement.name(),
            replacement.olds().stream().map(old -> replacement.hidden(old.column())).toList()));
    for (ColumnReplacement column : replacement.columns()) {
      if (column.notNull() && column.old().notNull() && replacement.keepsNotNull(column)) {
        sql.addAll(
            new NotNulls(dialect, replacement.table())
                .renew(column.old().attnum(), column.finalName()));
      }
    }
    replacement.news().stream()
        // Where they went over in the swap, NOT NULL has taken its place already.
        .filter(column -> column.notNull() && !replacement.fed())
        .forEach(
            column ->
                sql.add(
                    dialect.dropConstraint(
                        replacement.name(), replacement.names().notNull(column.mark()))));
    return brief(
        "drop.columns." + replacement.name(),
        "drop old column and sync",
        sql,
        List.of(replacement.name()),
        Stream.concat(
                replacement.carried().onlyHidden().stream(),
                replacement.followers().nobody().stream())
            .toList(),
        Optional.of(replacement.sync().ended()));
  }

  private Step brief(
      String id,
      String kind,
      List<String> sql,
      List<TableName> tables,
      List<Check> more,
      Optional<Sync> sync) {
    return new Step.BriefDdl(
        id,
        kind,
        sql,
        LockMode.ACCESS_EXCLUSIVE,
        tables,
        // The names alone would not do: this is the one statement that loses data.
        Stream.concat(replacement.columnsAreFinal().stream(), more.stream()).toList(),
        sync,
        new Undo.PointOfNoReturn("the old column is gone"));
  }
}
