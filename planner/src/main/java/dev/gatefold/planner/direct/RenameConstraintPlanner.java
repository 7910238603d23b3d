package dev.gatefold.planner.direct;

import dev.gatefold.planner.change.RenameConstraint;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.operation.Missing;
import dev.gatefold.planner.operation.Planned;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.planner.plan.Undo;
import dev.gatefold.planner.schema.Constraint;
import java.util.List;
import java.util.Optional;

/** {@code rename_constraint}: metadata only, at once, and back. */
final class RenameConstraintPlanner {

  private final Site site;

  RenameConstraintPlanner(Site site) {
    this.site = site;
  }

  Planned plan(RenameConstraint operation) {
    return site.onTable(operation.table(), work -> plan(work, operation));
  }

  private static Planned plan(TableWork work, RenameConstraint operation) {
    Optional<Constraint> constraint = work.table().constraint(operation.constraint());
    if (constraint.isEmpty()) {
      return Missing.constraint(operation.table(), operation.constraint());
    }
    if (work.table().constraint(operation.to()).isPresent()) {
      return Refused.nameTaken(operation.table() + "." + operation.to());
    }
    return new Staging()
        .claim(work.claim(operation.constraint()))
        .claim(work.claim(operation.to()))
        .reads(work.name(), work.table().names(constraint.get().columns()))
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
