package dev.gatefold.planner.operation;

import dev.gatefold.planner.change.Change;
import dev.gatefold.planner.change.Operation.AlterColumn;
import dev.gatefold.planner.change.Operation.RenameColumn;
import dev.gatefold.planner.dialect.Dialect;
import dev.gatefold.planner.plan.Refusal.Reason;
import dev.gatefold.planner.schema.Column;
import dev.gatefold.planner.schema.Schema;
import dev.gatefold.planner.schema.Table;
import dev.gatefold.planner.schema.TableProbe;
import java.util.List;
import java.util.Optional;

/** Finds the column that an operation replaces, and hands both to the class of its kind. */
public final class OperationPlanner {

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
      return refused(
          "no-table",
          alter.table().toString(),
          "there is no such table",
          "Check the name, its schema (default: public) and its case.");
    }
    Optional<Column> column = table.get().column(alter.column());
    if (column.isEmpty()) {
      return refused(
          "no-column",
          alter.table() + "." + alter.column(),
          "the table has no such column",
          "Check the name and its case; quoted names keep theirs.");
    }
    return alterColumn.plan(target(alter, table.get(), column.get()));
  }

  private Target target(AlterColumn operation, Table table, Column column) {
    TableProbe probe =
        schema
            .probe(table.name())
            .orElseThrow(() -> new IllegalStateException("no probe of " + table.name()));
    return new Target(
        change.name(),
        operation,
        schema.server(),
        table,
        column,
        probe,
        probe
            .column(column.attnum())
            .orElseThrow(() -> new IllegalStateException("no probe of " + column.name())),
        change.backfill(),
        change.retire());
  }

  private static Planned refused(String code, String object, String message, String cure) {
    return new Planned.Refused(List.of(new Reason(code, object, message, cure)));
  }
}
