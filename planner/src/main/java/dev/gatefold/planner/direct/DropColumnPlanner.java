package dev.gatefold.planner.direct;

import dev.gatefold.planner.change.DropColumn;
import dev.gatefold.planner.draft.ValueDraft;
import dev.gatefold.planner.operation.Missing;
import dev.gatefold.planner.operation.Planned;
import dev.gatefold.planner.plan.Refusal.Reason;
import dev.gatefold.planner.schema.Column;
import java.util.List;
import java.util.Optional;

/**
 * {@code drop_column}: new applications can leave the column out from {@code expand} on; {@code
 * retire} puts it out of reach and can be taken back; {@code drop} takes it away, with what belongs
 * to it and nothing else.
 */
final class DropColumnPlanner {

  private final Site site;

  DropColumnPlanner(Site site) {
    this.site = site;
  }

  Planned plan(DropColumn operation) {
    return site.onTable(operation.table(), work -> plan(work, operation));
  }

  private Planned plan(TableWork work, DropColumn operation) {
    Optional<Column> column = work.table().column(operation.column());
    if (column.isEmpty()) {
      return Missing.column(operation.table(), operation.column());
    }
    return operation
        .down()
        .map(
            down ->
                site.answer(down)
                    .match(
                        value -> plan(work, column.get(), Optional.of(value)),
                        rejected -> Refused.byServer(work.label(operation.column()), rejected)))
        .orElseGet(() -> plan(work, column.get(), Optional.empty()));
  }

  private Planned plan(TableWork work, Column column, Optional<ValueDraft.Value> down) {
    List<Reason> reasons =
        new LeavingColumnChecks(work, column, down).reasons(site.whole().retire());
    return reasons.isEmpty()
        ? new LeavingColumn(site, work, column, down).planned()
        : new Planned.Refused(reasons);
  }
}
