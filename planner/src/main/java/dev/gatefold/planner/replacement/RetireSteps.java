package dev.gatefold.planner.replacement;

import dev.gatefold.planner.dialect.Dialect;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.plan.Check;
import dev.gatefold.planner.plan.LockMode;
import dev.gatefold.planner.plan.Step;
import dev.gatefold.planner.plan.Sync;
import dev.gatefold.planner.plan.SyncMode;
import dev.gatefold.planner.plan.Undo;
import dev.gatefold.planner.schema.Constraint;
import dev.gatefold.planner.schema.IncomingForeignKey;
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
  private final IndexWork indexes;
  private final StatisticsSteps statistics;
  private final ReferenceSteps references;
  private final NotNulls notNulls;
  private final NameSwap names;
  private final RegroupingSwap regroupings;

  public RetireSteps(TableReplacement replacement) {
    this.replacement = replacement;
    this.dialect = replacement.dialect();
    this.indexes = replacement.indexWork();
    this.statistics = new StatisticsSteps(replacement);
    this.references = new ReferenceSteps(replacement);
    this.notNulls = new NotNulls(dialect, replacement.table());
    this.names = new NameSwap(replacement);
    this.regroupings = new RegroupingSwap(replacement);
  }

  public List<Step> steps() {
    return List.of(verify(), swap());
  }

  Step verify() {
    return BackfillSteps.verify(
        "retire.verify." + replacement.name(), replacement.sync().rowsBeforeSwap(), SyncMode.BOTH);
  }

  private Step swap() {
    List<String> sql = new ArrayList<>(columns());
    sql.addAll(syncs());
    return new Step.BriefDdl(
        "retire.swap." + replacement.name(),
        "swap columns",
        sql,
        LockMode.ACCESS_EXCLUSIVE,
        tables(),
        preconditions(),
        Optional.of(after()),
        new Undo.Steps(undo()));
  }

  /** The swap but for the sync. */
  List<String> columns() {
    List<String> sql = new ArrayList<>();
    replacement.carried().references().forEach(carried -> sql.addAll(references.swap(carried)));
    replacement.carried().indexes().forEach(carried -> sql.addAll(indexes.swap(carried)));
    for (CarriedConstraint carried : replacement.carried().constraints()) {
      if (carried.foreignKey() && replacement.partitioned()) {
        sql.add(
            dialect
                .partitions()
                .tradeForeignKeyNames(
                    replacement.name(),
                    carried.constraint().name(),
                    carried.building(),
                    carried.hidden()));
      }
      sql.add(rename(carried.constraint().name(), carried.hidden()));
      sql.add(rename(carried.building(), carried.constraint().name()));
    }
    replacement.carried().statistics().forEach(carried -> sql.addAll(statistics.swap(carried)));
    Defaults defaults = new Defaults(replacement);
    for (ColumnReplacement column : replacement.columns()) {
      if (givesUp(column)) {
        sql.add(dialect.dropNotNull(replacement.name(), column.old().name()));
      } else if (!replacement.keepsNotNull(column)) {
        namedNotNull(column)
            .ifPresent(name -> sql.add(rename(name, replacement.names().oldObject("null", name))));
      }
      if (column.notNull() && column.old().notNull()) {
        // Before the default: an identity wants a column that refuses NULL.
        sql.addAll(
            replacement.keepsNotNull(column)
                ? notNulls.setBeside(
                    replacement.names().newNotNull(column.old().attnum()),
                    replacement.building(column))
                : notNulls.set(column.old().attnum(), replacement.building(column)));
      }
      sql.addAll(defaults.toNew(column));
    }
    sql.addAll(regroupings.swap());
    sql.addAll(names.swap());
    for (ColumnReplacement column : replacement.columns()) {
      if (column.notNull() && !column.old().notNull()) {
        // Under its final name: by that the server names the constraint.
        sql.addAll(notNulls.set(column.old().attnum(), column.finalName()));
      }
    }
    replacement.carried().indexes().forEach(carried -> sql.addAll(indexes.promote(carried)));
    replacement.carried().indexes().forEach(carried -> sql.addAll(indexes.marks(carried)));
    sql.addAll(new Republication(replacement).toNew());
    for (Fill fill : replacement.fills()) {
      if (fill.laterDefault().isPresent()) {
        sql.add(dialect.setDefault(replacement.name(), fill.column(), fill.laterDefault()));
      }
    }
    sql.addAll(replacement.outOfReach().begin());
    return sql;
  }

  /** The sync for the names after the swap. */
  List<String> syncs() {
    List<String> sql =
        new ArrayList<>(dialect.createSync(replacement.sync().afterSwap(), SyncMode.BOTH));
    sql.addAll(dialect.createRecorder(replacement.sync().afterSwap()));
    return sql;
  }

  List<Check> preconditions() {
    return Stream.of(
            replacement.columnsAreBuilding(),
            replacement.carried().onlyPlanned(),
            replacement.followers().onlyPlanned(),
            replacement.outOfReach().possible(),
            childrenAre())
        .flatMap(List::stream)
        .toList();
  }

  /** What the swap makes of the sync. */
  Sync after() {
    return replacement
        .sync()
        .becomesRecorded(replacement.sync().afterSwap(), SyncMode.BOTH)
        .orElseThrow();
  }

  private List<Step> undo() {
    List<Step> steps = new ArrayList<>(beforeSwapBack());
    steps.add(swapBack());
    steps.addAll(afterSwapBack());
    return steps;
  }

  /** What the way back needs, built beside traffic. */
  List<Step> beforeSwapBack() {
    List<Step> steps = new ArrayList<>();
    ConstraintSteps constraints = new ConstraintSteps(replacement);
    replacement.groups().stream()
        .flatMap(RegroupingSwap::givenUp)
        .forEach(old -> steps.addAll(constraints.oldNotNull(old)));
    replacement.carried().indexes().forEach(carried -> steps.addAll(indexes.rebuildOld(carried)));
    replacement.carried().indexes().forEach(carried -> steps.addAll(indexes.rebuildNew(carried)));
    replacement
        .carried()
        .references()
        .forEach(carried -> steps.addAll(references.rebuildOld(carried)));
    return steps;
  }

  List<Step> afterSwapBack() {
    List<Step> steps = new ArrayList<>();
    replacement
        .carried()
        .references()
        .forEach(carried -> references.validateAgain(carried).ifPresent(steps::add));
    return steps;
  }

  private Step swapBack() {
    return new Step.BriefDdl(
        "retire.swap." + replacement.name() + ".undo",
        "swap columns back",
        columnsBack(),
        LockMode.ACCESS_EXCLUSIVE,
        tables(),
        preconditionsBack(),
        Optional.of(before()),
        new Undo.Nothing());
  }

  List<Check> preconditionsBack() {
    return Stream.concat(replacement.columnsAreFinal().stream(), childrenAre().stream()).toList();
  }

  /** What the swap back makes of the sync. */
  Sync before() {
    return replacement
        .sync()
        .becomesRecorded(replacement.sync().beforeSwap(), SyncMode.BOTH)
        .orElseThrow();
  }

  List<String> columnsBack() {
    List<String> sql = new ArrayList<>(replacement.outOfReach().end());
    if (replacement.carried().indexes().stream()
        .anyMatch(carried -> carried.index().replicaIdentity())) {
      // Its columns may not become NULL as long as it identifies rows.
      sql.add(dialect.identifyNoRows(replacement.name()));
    }
    replacement.carried().references().forEach(carried -> sql.addAll(references.swapBack(carried)));
    replacement.carried().indexes().forEach(carried -> sql.addAll(indexes.demote(carried)));
    sql.addAll(names.swapBack());
    sql.addAll(regroupings.swapBack());
    Defaults defaults = new Defaults(replacement);
    for (ColumnReplacement column : replacement.columns()) {
      sql.addAll(defaults.toOld(column));
      if (column.notNull()) {
        sql.add(dialect.dropNotNull(replacement.name(), replacement.building(column)));
      }
      if (!givesUp(column)) {
        namedNotNull(column)
            .filter(name -> !replacement.keepsNotNull(column))
            .ifPresent(name -> sql.add(rename(replacement.names().oldObject("null", name), name)));
      } else {
        sql.addAll(notNulls.set(column.old().attnum(), column.old().name()));
        sql.add(
            dialect.dropConstraint(
                replacement.name(), replacement.names().oldNotNull(column.old().attnum())));
      }
    }
    for (CarriedConstraint carried : replacement.carried().constraints()) {
      if (carried.foreignKey() && replacement.partitioned()) {
        sql.add(
            dialect
                .partitions()
                .tradeForeignKeyNames(
                    replacement.name(),
                    carried.constraint().name(),
                    carried.hidden(),
                    carried.building()));
      }
      sql.add(rename(carried.constraint().name(), carried.building()));
      sql.add(rename(carried.hidden(), carried.constraint().name()));
    }
    replacement.carried().statistics().forEach(carried -> sql.addAll(statistics.swapBack(carried)));
    replacement.carried().indexes().forEach(carried -> sql.addAll(indexes.swapBack(carried)));
    replacement.carried().indexes().forEach(carried -> sql.addAll(indexes.marks(carried)));
    sql.addAll(new Republication(replacement).toOld());
    for (Fill fill : replacement.fills()) {
      if (fill.laterDefault().isPresent()) {
        sql.add(dialect.setDefault(replacement.name(), fill.column(), Optional.empty()));
      }
    }
    replacement
        .carried()
        .references()
        .forEach(carried -> sql.addAll(references.leanAgain(carried)));
    sql.addAll(dialect.createSync(replacement.sync().beforeSwap(), SyncMode.BOTH));
    sql.addAll(dialect.createRecorder(replacement.sync().beforeSwap()));
    return sql;
  }

  /**
   * Views over the table first, as queries come by them; then the table, and after it those that
   * refer to it: parents before children.
   */
  List<TableName> tables() {
    return Stream.of(
            replacement.followers().views().stream(),
            Stream.of(replacement.name()),
            children().map(IncomingForeignKey::child),
            replacement.followers().relations().stream())
        .flatMap(tables -> tables)
        .distinct()
        .toList();
  }

  private List<Check> childrenAre() {
    return children().map(key -> dialect.tableIs(key.child(), key.childOid())).distinct().toList();
  }

  private Stream<IncomingForeignKey> children() {
    return replacement.carried().references().stream().map(CarriedReference::key);
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
