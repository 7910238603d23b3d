package dev.gatefold.planner.operation;

import dev.gatefold.planner.plan.Refusal.Reason;
import dev.gatefold.planner.schema.Constraint;
import dev.gatefold.planner.schema.Index;
import dev.gatefold.planner.schema.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reasons why a change feed cannot keep a column in step: it lets one shape lag behind, and
 * whatever looks at that one would refuse writes that are right, or act on values that are no more.
 */
final class FeedChecks {

  private static final String TRIGGERS = "Use sync: trigger.";

  private FeedChecks() {}

  static List<Reason> reasons(Target target) {
    List<Reason> reasons = new ArrayList<>();
    Stream.of(partitioned(target), unlogged(target), unidentified(target), numbered(target))
        .forEach(reason -> reason.ifPresent(reasons::add));
    target.table().indexes().stream()
        .filter(index -> target.touches(index.columns()))
        .forEach(index -> index(target, index).ifPresent(reasons::add));
    target.table().constraints().stream()
        .filter(constraint -> target.touches(constraint.columns()))
        .filter(constraint -> constraint.kind() == Constraint.Kind.FOREIGN_KEY)
        .forEach(constraint -> reasons.add(foreignKey(target, constraint.name().toString())));
    target.table().incoming().stream()
        .filter(key -> target.touches(key.columns()))
        .forEach(
            key -> reasons.add(foreignKey(target, "%s of %s".formatted(key.name(), key.child()))));
    return reasons;
  }

  private static Optional<Reason> partitioned(Target target) {
    return target.table().kind() == Table.Kind.PARTITIONED
        ? Optional.of(
            reason(target, "a change feed does not keep columns of a partitioned table in step"))
        : Optional.empty();
  }

  private static Optional<Reason> unlogged(Target target) {
    return target.table().traits().contains(Table.Trait.UNLOGGED)
        ? Optional.of(reason(target, "the log tells nothing of an unlogged table"))
        : Optional.empty();
  }

  private static Optional<Reason> unidentified(Target target) {
    return target.table().traits().contains(Table.Trait.UNIDENTIFIED)
        ? Optional.of(
            new Reason(
                "feed-impossible",
                target.label(),
                "updates of the table do not say which row they are of, and would be refused once"
                    + " they are published",
                "Give the table a primary key, or a replica identity, first; or use sync: trigger."))
        : Optional.empty();
  }

  /** The new column cannot refuse NULL before the swap, as a column that numbers itself has to. */
  private static Optional<Reason> numbered(Target target) {
    return target
        .column()
        .identity()
        .map(identity -> reason(target, "an identity does not go over to a column that lags"));
  }

  private static Optional<Reason> index(Target target, Index index) {
    if (index.primary() || index.replicaIdentity()) {
      return Optional.of(
          reason(
              target,
              "by the column the rows are known (%s), and the other shape of it lags"
                  .formatted(index.name())));
    }
    if (!index.unique()) {
      return Optional.empty();
    }
    boolean alone = index.columns().size() == 1;
    boolean takesNulls = !index.definition().contains("NULLS NOT DISTINCT");
    return alone && takesNulls
        ? Optional.empty()
        : Optional.of(
            reason(
                target,
                "the unique index %s over a column that lags would refuse rows that are unique"
                    .formatted(index.name())));
  }

  private static Reason foreignKey(Target target, String key) {
    return reason(
        target,
        "the foreign key %s over a column that lags would act on values that are no more: ON DELETE"
                .formatted(key)
            + " CASCADE would delete rows by them");
  }

  private static Reason reason(Target target, String why) {
    return new Reason("feed-impossible", target.label(), why, TRIGGERS);
  }
}
