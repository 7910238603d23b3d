package dev.gatefold.planner.operation;

import dev.gatefold.planner.change.Operation.OnDownFailure;
import dev.gatefold.planner.dialect.Dialect;
import dev.gatefold.planner.plan.Refusal.Reason;
import dev.gatefold.planner.replacement.ColumnReplacement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code alter_column}: any mix of new name, type, nullability and default.
 *
 * <p>In place where the server needs neither rewrite nor scan and nobody loses a name; else by
 * replacing the column.
 */
final class AlterColumnPlanner {

  private final Dialect dialect;

  AlterColumnPlanner(Dialect dialect) {
    this.dialect = dialect;
  }

  Planned plan(Target target) {
    List<Reason> unsuitable = TableChecks.reasons(target);
    if (!unsuitable.isEmpty()) {
      // Whatever else the server said is about this: it would only hide the reason.
      return new Planned.Refused(unsuitable);
    }
    List<Reason> reasons = new ArrayList<>();
    if (InPlace.serves(target)) {
      InPlace inPlace = new InPlace(target, dialect);
      reasons.addAll(inPlace.reasons());
      return reasons.isEmpty() ? inPlace.planned() : new Planned.Refused(reasons);
    }
    reasons.addAll(RightsChecks.toCopy(target));
    reasons.addAll(PartitionChecks.carried(target));
    reasons.addAll(PartitionChecks.ofTheWhole(target));
    reasons.addAll(CarryChecks.reasons(target));
    reasons.addAll(MappingChecks.reasons(target));
    reasons.addAll(DenyChecks.reasons(target));
    numbering(target).ifPresent(reasons::add);
    if (target.sync().isFeed()) {
      reasons.addAll(FeedChecks.reasons(target));
    }
    return reasons.isEmpty()
        ? new Planned.Replace(target.table().name(), replacement(target))
        : new Planned.Refused(reasons);
  }

  /** The old identity goes over in the swap: there is no stage in which both would be changed. */
  private static Optional<Reason> numbering(Target target) {
    return target
        .operation()
        .wanted()
        .traits()
        .numbering()
        .map(
            wanted ->
                new Reason(
                    "identity-beside",
                    target.label(),
                    "the column gives way to a new one, and its identity cannot change meanwhile",
                    "Put \"identity\" and \"sequence\" in a change of their own, before or after."));
  }

  private static ColumnReplacement replacement(Target target) {
    return new ColumnReplacement(
        target.column(),
        target.operation().finalName(),
        target.probe().type().accepted(),
        !target.operation().wanted().nullable().orElse(!target.column().notNull()),
        defaultOf(target),
        target.operation().wanted().traits(),
        target.probe().up().accepted(),
        target.probe().down().accepted(),
        target.operation().mapping().onDownFailure() == OnDownFailure.GIVE_UP_ROLLBACK);
  }

  private static Optional<String> defaultOf(Target target) {
    return target.operation().wanted().defaultValue().isPresent()
            || target.column().defaultValue().isPresent()
        ? target.probe().newDefault().accepted()
        : Optional.empty();
  }
}
