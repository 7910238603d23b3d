package dev.gatefold.planner.direct;

import dev.gatefold.planner.dialect.Dialect;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.plan.Check;
import dev.gatefold.planner.plan.LockMode;
import dev.gatefold.planner.plan.Step;
import dev.gatefold.planner.plan.Sync;
import dev.gatefold.planner.plan.SyncMode;
import dev.gatefold.planner.plan.Undo;
import dev.gatefold.planner.schema.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Gives the name of a table to the one that takes its place, in one transaction, once all is copied
 * that was written before. What numbers rows, and what others may do, is taken along as it is then.
 */
final class RebuildSwap {

  private final Rebuild rebuild;
  private final Dialect dialect;
  private final TableName name;

  RebuildSwap(Rebuild rebuild) {
    this.rebuild = rebuild;
    this.dialect = rebuild.work().dialect();
    this.name = rebuild.table().name();
  }

  Step step() {
    String id = "retire.swap." + name;
    return brief(
        id,
        "swap tables",
        there(),
        List.of(name, rebuild.building()),
        List.of(
            rebuild.work().isTheTable(),
            rebuild.nothingCame(Optional.empty()),
            rebuild.copies().columnsAreAlike(name, rebuild.building(), rebuild.primaryKey()),
            rebuild.copies().parametersAreAlike(name, rebuild.building())),
        rebuild.after(),
        Undo.by(
            brief(
                id + ".undo",
                "swap tables back",
                back(),
                List.of(name, rebuild.hidden()),
                List.of(
                    dialect.tableIs(rebuild.hidden(), rebuild.table().oid()),
                    rebuild.nothingCame(
                        rebuild.needsKeyIndex()
                            ? Optional.of(RebuildIndexes.byKey(rebuild))
                            : Optional.empty()),
                    rebuild.copies().columnsAreAlike(name, rebuild.hidden(), rebuild.primaryKey())),
                rebuild.before(SyncMode.BOTH, true),
                new Undo.Nothing())));
  }

  private List<String> there() {
    List<String> sql = new ArrayList<>(renamed());
    sql.addAll(rebuild.after().feed().orElseThrow().publish());
    return sql;
  }

  /** The swap but for the feed. */
  List<String> renamed() {
    List<String> sql = new ArrayList<>();
    sql.addAll(rename(name, rebuild.hidden()));
    sql.addAll(rename(rebuild.building(), name));
    sql.addAll(new RebuildIndexes(rebuild).swap());
    sql.addAll(taken(rebuild.hidden(), name));
    return sql;
  }

  private List<String> back() {
    List<String> sql = new ArrayList<>();
    sql.addAll(rename(name, rebuild.building()));
    sql.addAll(rename(rebuild.hidden(), name));
    sql.addAll(new RebuildIndexes(rebuild).swapBack());
    sql.addAll(taken(rebuild.building(), name));
    sql.addAll(rebuild.before(SyncMode.BOTH, true).feed().orElseThrow().publish());
    return sql;
  }

  private List<String> rename(TableName from, TableName to) {
    return dialect.tables().move(from, to, to.name());
  }

  private List<String> taken(TableName from, TableName to) {
    List<String> sql = new ArrayList<>();
    for (Column column : rebuild.table().columns()) {
      column
          .identity()
          .ifPresent(
              identity ->
                  sql.addAll(rebuild.copies().moveIdentity(from, to, column.name(), identity)));
      column
          .defaultValue()
          .flatMap(Column.Default::ownedSequence)
          .ifPresent(
              sequence -> sql.add(rebuild.copies().moveSequence(sequence, to, column.name())));
    }
    sql.addAll(rebuild.copies().dress(from, to));
    return sql;
  }

  private static Step brief(
      String id,
      String kind,
      List<String> sql,
      List<TableName> tables,
      List<Check> checks,
      Sync sync,
      Undo undo) {
    return new Step.BriefDdl(
        id, kind, sql, LockMode.ACCESS_EXCLUSIVE, tables, checks, Optional.of(sync), undo);
  }
}
