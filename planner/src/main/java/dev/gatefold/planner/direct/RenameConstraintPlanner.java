package dev.gatefold.planner.direct;

import dev.gatefold.planner.change.RenameConstraint;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.operation.Planned;
import dev.gatefold.planner.operation.TableChecks;
import dev.gatefold.planner.plan.Refusal.Reason;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.planner.plan.Undo;
import dev.gatefold.planner.schema.Constraint;
import dev.gatefold.planner.schema.Table;
import java.util.List;
import java.util.Optional;

/** {@code rename_constraint}: metadata only, at once, and back. */
final class RenameConstraintPlanner {

  private final Site site;

  RenameConstraintPlanner(Site site) {
    this.site = site;
  }

  Planned plan(RenameConstraint operation) {
    Optional<Table> table = site.table(operation.table());
    if (table.isEmpty()) {
      return Missing.table(operation.table());
    }
    List<Reason> reasons = TableChecks.ofTable(table.get());
    if (!reasons.isEmpty()) {
      return new Planned.Refused(reasons);
    }
    Optional<Constraint> constraint = table.get().constraint(operation.constraint());
    if (constraint.isEmpty()) {
      return Missing.constraint(operation.table(), operation.constraint());
    }
    if (table.get().constraint(operation.to()).isPresent()) {
      return Refused.nameTaken(operation.table() + "." + operation.to());
    }
    TableWork work = new TableWork(site, table.get());
    return new Staging()
        .claim(work.claim(operation.constraint()))
        .claim(work.claim(operation.to()))
        .reads(work.name(), table.get().names(constraint.get().columns()))
        .in(
            StageName.EXPAND,
            work.brief(
                id(work, operation),
                "rename constraint",
                List.of(rename(work, operation.constraint(), operation.to())),
                Undo.by(
                    work.brief(
                        id(work, operation) + ".undo",
                        "rename constraint back",
                        List.of(rename(work, operation.to(), operation.constraint())),
                        new Undo.Nothing()))))
        .planned();
  }

  private static String id(TableWork work, RenameConstraint operation) {
    return "expand.rename-constraint." + work.label(operation.constraint());
  }

  private static String rename(TableWork work, Identifier from, Identifier to) {
    return work.dialect().renameConstraint(work.name(), from, to);
  }
}
