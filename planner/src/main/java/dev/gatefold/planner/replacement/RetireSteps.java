package dev.gatefold.planner.replacement;

import dev.gatefold.planner.dialect.Dialect;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.plan.Check;
import dev.gatefold.planner.plan.LockMode;
import dev.gatefold.planner.plan.Step;
import dev.gatefold.planner.plan.Sync;
import dev.gatefold.planner.plan.SyncMode;
import dev.gatefold.planner.plan.Undo;
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
  private final Limits limits;
  private final NameSwap names;
  private final RegroupingSwap regroupings;

  public RetireSteps(TableReplacement replacement) {
    this.replacement = replacement;
    this.dialect = replacement.dialect();
    this.indexes = replacement.indexWork();
    this.statistics = new StatisticsSteps(replacement);
    this.references = new ReferenceSteps(replacement);
    this.limits = replacement.fed() ? new TradedLimits(replacement) : new KeptLimits(replacement);
    this.names = new NameSwap(replacement);
    this.regroupings = new RegroupingSwap(replacement);
  }

  public List<Step> steps() {
    List<Step> steps = new ArrayList<>(List.of(verify(), swap()));
    steps.addAll(limits.afterSwap());
    return steps;
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
    sql.addAll(limits.constraints());
    replacement.carried().statistics().forEach(carried -> sql.addAll(statistics.swap(carried)));
    Defaults defaults = new Defaults(replacement);
    for (ColumnReplacement column : replacement.columns()) {
      sql.addAll(limits.column(column));
      sql.addAll(defaults.toNew(column));
    }
    sql.addAll(regroupings.swap());
    sql.addAll(names.swap());
    sql.addAll(limits.named());
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
    return replacement.sync().swap();
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
    return replacement.sync().swapped();
  }

  private List<Step> undo() {
    List<Step> steps = new ArrayList<>(beforeSwapBack());
    steps.add(swapBack());
    steps.addAll(afterSwapBack());
    return steps;
  }

  /** What the way back needs, built beside traffic. */
  List<Step> beforeSwapBack() {
    List<Step> steps = new ArrayList<>(limits.beforeSwapBack());
    replacement.carried().indexes().forEach(carried -> steps.addAll(indexes.rebuildOld(carried)));
    replacement.carried().indexes().forEach(carried -> steps.addAll(indexes.rebuildNew(carried)));
    replacement
        .carried()
        .references()
        .forEach(carried -> steps.addAll(references.rebuildOld(carried)));
    return steps;
  }

  List<Step> afterSwapBack() {
    List<Step> steps = new ArrayList<>(limits.afterSwapBack());
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
    return replacement.sync().swappedBack();
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
      sql.addAll(limits.columnBack(column));
    }
    sql.addAll(limits.constraintsBack());
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
    sql.addAll(replacement.sync().swapBack());
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
}
