package dev.gatefold.planner.replacement;

import dev.gatefold.planner.dialect.Dialect;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.plan.LockMode;
import dev.gatefold.planner.plan.Step;
import dev.gatefold.planner.plan.SyncMode;
import dev.gatefold.planner.plan.Undo;
import dev.gatefold.planner.schema.Constraint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Hides the old columns and gives the new ones their place, in one transaction. The sync goes on
 * both ways, so that taking it back loses no write made since.
 */
public final class RetireSteps {

  private final TableReplacement replacement;
  private final Dialect dialect;
  private final IndexSteps indexes;
  private final StatisticsSteps statistics;
  private final NotNulls notNulls;

  public RetireSteps(TableReplacement replacement) {
    this.replacement = replacement;
    this.dialect = replacement.dialect();
    this.indexes = new IndexSteps(replacement);
    this.statistics = new StatisticsSteps(replacement);
    this.notNulls = new NotNulls(dialect, replacement.table());
  }

  public List<Step> steps() {
    return List.of(
        BackfillSteps.verify(
            "retire.verify." + replacement.name(),
            replacement.sync().rowsBeforeSwap(),
            SyncMode.BOTH),
        swap());
  }

  private Step swap() {
    List<String> sql = new ArrayList<>();
    replacement.carried().indexes().forEach(carried -> sql.addAll(indexes.swap(carried)));
    for (CarriedConstraint carried : replacement.carried().constraints()) {
      sql.add(rename(carried.constraint().name(), carried.hidden()));
      sql.add(rename(carried.building(), carried.constraint().name()));
    }
    replacement.carried().statistics().forEach(carried -> sql.addAll(statistics.swap(carried)));
    Defaults defaults = new Defaults(replacement);
    for (ColumnReplacement column : replacement.columns()) {
      if (givesUp(column)) {
        sql.add(dialect.dropNotNull(replacement.name(), column.old().name()));
      } else {
        namedNotNull(column)
            .ifPresent(name -> sql.add(rename(name, replacement.names().oldObject("null", name))));
      }
      if (column.notNull() && column.old().notNull()) {
        // Before the default: an identity wants a column that refuses NULL.
        sql.addAll(notNulls.set(column.old().attnum(), replacement.building(column)));
      }
      sql.addAll(defaults.toNew(column));
    }
    // All old names are free before the first new one is taken: two columns may trade names.
    for (ColumnReplacement column : replacement.columns()) {
      sql.add(
          dialect.renameColumn(
              replacement.name(), column.old().name(), replacement.hidden(column)));
    }
    for (ColumnReplacement column : replacement.columns()) {
      if (column.keepsName()) {
        sql.add(
            dialect.renameColumn(
                replacement.name(), replacement.building(column), column.finalName()));
      }
    }
    for (ColumnReplacement column : replacement.columns()) {
      if (column.notNull() && !column.old().notNull()) {
        // Under its final name: by that the server names the constraint.
        sql.addAll(notNulls.set(column.old().attnum(), column.finalName()));
      }
    }
    replacement.carried().indexes().forEach(carried -> sql.addAll(indexes.marks(carried)));
    sql.addAll(new Republication(replacement).toNew());
    sql.addAll(dialect.createSync(replacement.sync().afterSwap(), SyncMode.BOTH));
    return new Step.BriefDdl(
        "retire.swap." + replacement.name(),
        "swap columns",
        sql,
        LockMode.ACCESS_EXCLUSIVE,
        List.of(replacement.name()),
        Stream.concat(
                replacement
                    .columnsAre(column -> column.old().name(), replacement::building)
                    .stream(),
                replacement.carried().onlyPlanned().stream())
            .toList(),
        replacement.sync().becomes(Optional.of(SyncMode.BOTH)),
        new Undo.Steps(undo()));
  }

  private List<Step> undo() {
    List<Step> steps = new ArrayList<>();
    ConstraintSteps constraints = new ConstraintSteps(replacement);
    replacement.columns().stream()
        .filter(RetireSteps::givesUp)
        .forEach(column -> steps.addAll(constraints.oldNotNull(column)));
    replacement
        .carried()
        .indexes()
        .forEach(carried -> indexes.rebuildOld(carried).ifPresent(steps::add));
    steps.add(swapBack());
    return steps;
  }

  private Step swapBack() {
    List<String> sql = new ArrayList<>();
    if (replacement.carried().indexes().stream()
        .anyMatch(carried -> carried.index().replicaIdentity())) {
      // Its columns may not become NULL as long as it identifies rows.
      sql.add(dialect.identifyNoRows(replacement.name()));
    }
    for (ColumnReplacement column : replacement.columns()) {
      if (column.keepsName()) {
        sql.add(
            dialect.renameColumn(
                replacement.name(), column.finalName(), replacement.building(column)));
      }
    }
    for (ColumnReplacement column : replacement.columns()) {
      sql.add(
          dialect.renameColumn(
              replacement.name(), replacement.hidden(column), column.old().name()));
    }
    Defaults defaults = new Defaults(replacement);
    for (ColumnReplacement column : replacement.columns()) {
      sql.addAll(defaults.toOld(column));
      if (column.notNull()) {
        sql.add(dialect.dropNotNull(replacement.name(), replacement.building(column)));
      }
      if (!givesUp(column)) {
        namedNotNull(column)
            .ifPresent(name -> sql.add(rename(replacement.names().oldObject("null", name), name)));
      } else {
        sql.addAll(notNulls.set(column.old().attnum(), column.old().name()));
        sql.add(
            dialect.dropConstraint(
                replacement.name(), replacement.names().oldNotNull(column.old().attnum())));
      }
    }
    for (CarriedConstraint carried : replacement.carried().constraints()) {
      sql.add(rename(carried.constraint().name(), carried.building()));
      sql.add(rename(carried.hidden(), carried.constraint().name()));
    }
    replacement.carried().statistics().forEach(carried -> sql.addAll(statistics.swapBack(carried)));
    replacement.carried().indexes().forEach(carried -> sql.addAll(indexes.swapBack(carried)));
    replacement.carried().indexes().forEach(carried -> sql.addAll(indexes.marks(carried)));
    sql.addAll(new Republication(replacement).toOld());
    sql.addAll(dialect.createSync(replacement.sync().beforeSwap(), SyncMode.BOTH));
    return new Step.BriefDdl(
        "retire.swap." + replacement.name() + ".undo",
        "swap columns back",
        sql,
        LockMode.ACCESS_EXCLUSIVE,
        List.of(replacement.name()),
        replacement.columnsAre(replacement::hidden, ColumnReplacement::finalName),
        replacement.sync().becomes(Optional.of(SyncMode.BOTH)),
        new Undo.Nothing());
  }

  /** Whether the hidden column must hold NULL where there is no way back. */
  private static boolean givesUp(ColumnReplacement column) {
    return column.giveUpRollback() && column.old().notNull();
  }

  /** The old column's own, which gives its name to the new one's. */
  private Optional<Identifier> namedNotNull(ColumnReplacement column) {
    return notNulls.named(column.old().attnum()).map(Constraint::name);
  }

  private String rename(Identifier from, Identifier to) {
    return dialect.renameConstraint(replacement.name(), from, to);
  }
}
