package dev.gatefold.planner.direct;

import dev.gatefold.planner.change.MoveColumns;
import dev.gatefold.planner.operation.Missing;
import dev.gatefold.planner.operation.Planned;
import dev.gatefold.planner.operation.TableChecks;
import dev.gatefold.planner.plan.Refusal.Reason;
import dev.gatefold.planner.schema.Column;
import dev.gatefold.planner.schema.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code move_columns}: the columns come into being in the other table, both tables are kept in
 * step, and the old columns leave as those of {@code drop_column} do.
 */
final class MoveColumnsPlanner {

  private final Site site;

  MoveColumnsPlanner(Site site) {
    this.site = site;
  }

  Planned plan(MoveColumns operation) {
    Optional<Table> source = site.table(operation.table());
    Optional<Table> target = site.table(operation.to());
    if (source.isEmpty()) {
      return Missing.table(operation.table());
    }
    if (target.isEmpty()) {
      return Missing.table(operation.to());
    }
    List<Reason> reasons = new ArrayList<>(TableChecks.ofTable(source.get()));
    reasons.addAll(TableChecks.ofTable(target.get()));
    if (!reasons.isEmpty()) {
      return new Planned.Refused(reasons);
    }
    List<Column> columns = new ArrayList<>();
    for (MoveColumns.Moved moved : operation.columns()) {
      Optional<Column> column = source.get().column(moved.column());
      if (column.isEmpty()) {
        return Missing.column(operation.table(), moved.column());
      }
      columns.add(column.get());
    }
    return plan(operation, source.get(), target.get(), columns);
  }

  private Planned plan(MoveColumns operation, Table source, Table target, List<Column> columns) {
    List<Reason> reasons =
        new ArrayList<>(
            new MoveChecks(site, source, target, columns.stream().map(Column::name).toList())
                .reasons());
    reasons.addAll(new MovedColumnChecks(site, source, target, columns).reasons(operation));
    reasons.addAll(new MovePairChecks(source, target, operation).reasons());
    return reasons.isEmpty()
        ? new ColumnMove(site, operation, source, target, columns).planned()
        : new Planned.Refused(reasons);
  }
}
