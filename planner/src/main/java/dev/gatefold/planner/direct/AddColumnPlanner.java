package dev.gatefold.planner.direct;

import dev.gatefold.planner.change.AddColumn;
import dev.gatefold.planner.draft.AddedColumn;
import dev.gatefold.planner.draft.ConstraintDraft;
import dev.gatefold.planner.draft.NewColumnDraft;
import dev.gatefold.planner.operation.Planned;
import dev.gatefold.planner.operation.TableChecks;
import dev.gatefold.planner.plan.Refusal.Reason;
import dev.gatefold.planner.plan.StageName;
import java.util.List;

/**
 * {@code add_column}: the cheapest way that is safe. Metadata only where the server says so; else
 * the column comes empty and its rows are filled beside traffic. What is asked of its values comes
 * after they are there.
 */
final class AddColumnPlanner {

  private final Site site;

  AddColumnPlanner(Site site) {
    this.site = site;
  }

  Planned plan(AddColumn operation) {
    NewColumnDraft draft = operation.column();
    return site.onTable(draft.table(), work -> plan(work, operation));
  }

  private Planned plan(TableWork work, AddColumn operation) {
    NewColumnDraft draft = operation.column();
    String label = draft.table() + "." + draft.name();
    if (work.table().column(draft.name()).isPresent() || TableChecks.isSystemColumn(draft.name())) {
      return Refused.nameTaken(label);
    }
    return site.answer(draft)
        .match(
            added -> plan(work, operation, added), rejected -> Refused.byServer(label, rejected));
  }

  private Planned plan(TableWork work, AddColumn operation, AddedColumn added) {
    List<Reason> reasons = new NewColumnChecks(site, work, operation, added).reasons();
    if (!reasons.isEmpty()) {
      return new Planned.Refused(reasons);
    }
    NewColumn column = new NewColumn(work, operation, added);
    return constrained(
        operation,
        column.isFilledLater() ? StageName.BACKFILL : StageName.EXPAND,
        column.staging());
  }

  /** What is asked of its values, in the stage in which they are there. */
  private Planned constrained(AddColumn operation, StageName stage, Staging staging) {
    for (ConstraintDraft draft : operation.constraints()) {
      Planned planned = new AddConstraintPlanner(site, stage).plan(draft);
      if (!(planned instanceof Planned.Staged staged)) {
        return planned;
      }
      staging.with(staged);
    }
    return staging.planned();
  }
}
