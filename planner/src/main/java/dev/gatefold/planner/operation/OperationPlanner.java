package dev.gatefold.planner.operation;

import dev.gatefold.planner.change.Change;
import dev.gatefold.planner.change.Operation.AlterColumn;
import dev.gatefold.planner.change.Operation.RenameColumn;
import dev.gatefold.planner.change.Regroup;
import dev.gatefold.planner.dialect.Dialect;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.schema.Column;
import dev.gatefold.planner.schema.Schema;
import dev.gatefold.planner.schema.Table;
import dev.gatefold.planner.schema.TableProbe;
import dev.gatefold.planner.schema.TableProbe.ColumnProbe;
import dev.gatefold.planner.schema.TableProbe.RegroupProbe;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the column that an operation replaces, and hands both to the class of its kind. */
public final class OperationPlanner {

  /** Of two operations on one column only the first was tried; the planner says so itself. */
  private static final Planned NAMED_TWICE = new Planned.Refused(List.of());

  private final Schema schema;
  private final Change change;
  private final AlterColumnPlanner alterColumn;

  public OperationPlanner(Schema schema, Change change, Dialect dialect) {
    this.schema = schema;
    this.change = change;
    this.alterColumn = new AlterColumnPlanner(dialect);
  }

  public Planned renameColumn(RenameColumn rename) {
    return alterColumn(RenameColumnPlanner.asAlterColumn(rename));
  }

  public Planned alterColumn(AlterColumn alter) {
    Optional<Table> table = schema.table(alter.table());
    if (table.isEmpty()) {
      return Missing.table(alter.table());
    }
    Optional<Column> column = table.get().column(alter.column());
    if (column.isEmpty()) {
      return Missing.column(alter.table(), alter.column());
    }
    TableProbe probe = probe(alter.table());
    return probe
        .column(column.get().attnum())
        .map(tried -> alterColumn.plan(target(alter, table.get(), column.get(), probe, tried)))
        .orElse(NAMED_TWICE);
  }

  public Planned regroup(Regroup regroup) {
    Optional<Table> table = schema.table(regroup.table());
    if (table.isEmpty()) {
      return Missing.table(regroup.table());
    }
    List<Column> olds = new ArrayList<>();
    for (Regroup.Old old : regroup.olds()) {
      Optional<Column> column = table.get().column(old.column());
      if (column.isEmpty()) {
        return Missing.column(regroup.table(), old.column());
      }
      olds.add(column.get());
    }
    return probe(regroup.table())
        .regrouping(
            olds.stream().map(Column::attnum).toList(),
            regroup.news().stream().map(Regroup.New::column).toList())
        .map(tried -> RegroupPlanner.plan(target(regroup, table.get(), olds, tried)))
        .orElse(NAMED_TWICE);
  }

  private TableProbe probe(TableName table) {
    return schema.probe(table).orElseThrow(() -> new IllegalStateException("no probe of " + table));
  }

  private RegroupTarget target(
      Regroup regroup, Table table, List<Column> olds, RegroupProbe probe) {
    return new RegroupTarget(
        regroup, schema.server(), table, olds, probe, change.backfill(), change.retire());
  }

  private Target target(
      AlterColumn operation, Table table, Column column, TableProbe probe, ColumnProbe tried) {
    return new Target(
        change.name(),
        operation,
        schema.server(),
        table,
        column,
        probe,
        tried,
        change.backfill(),
        change.retire(),
        change.sync());
  }
}
