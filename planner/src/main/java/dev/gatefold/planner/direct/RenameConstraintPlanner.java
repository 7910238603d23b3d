package dev.gatefold.planner.direct;

import dev.gatefold.planner.change.RenameConstraint;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.operation.Planned;
import dev.gatefold.planner.operation.TableChecks;
import dev.gatefold.planner.plan.Hazard;
import dev.gatefold.planner.plan.Hazard.Severity;
import dev.gatefold.planner.plan.Refusal.Reason;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.planner.plan.Undo;
import dev.gatefold.planner.schema.Constraint;
import dev.gatefold.planner.schema.Constraint.Kind;
import dev.gatefold.planner.schema.Table;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code rename_constraint}: metadata only, at once, and back. */
final class RenameConstraintPlanner {

  private static final Set<Kind> ARBITERS = Set.of(Kind.UNIQUE, Kind.PRIMARY_KEY, Kind.EXCLUSION);

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
    Staging staging =
        new Staging()
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
                            new Undo.Nothing()))));
    if (ARBITERS.contains(constraint.get().kind())) {
      staging.hazard(named(work, operation));
    }
    return staging.planned();
  }

  private static String id(TableWork work, RenameConstraint operation) {
    return "expand.rename-constraint." + work.label(operation.constraint());
  }

  private static String rename(TableWork work, Identifier from, Identifier to) {
    return work.dialect().renameConstraint(work.name(), from, to);
  }

  private static Hazard named(TableWork work, RenameConstraint operation) {
    return new Hazard(
        "constraint-named",
        Severity.WARNING,
        work.label(operation.constraint()),
        "INSERT ... ON CONFLICT ON CONSTRAINT %s fails from expand on"
            .formatted(operation.constraint()),
        "Have applications name the columns instead: ON CONFLICT (...).");
  }
}
