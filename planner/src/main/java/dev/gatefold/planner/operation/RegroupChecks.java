package dev.gatefold.planner.operation;

import dev.gatefold.planner.change.Regroup;
import dev.gatefold.planner.plan.Refusal.Reason;
import dev.gatefold.planner.schema.Column;
import dev.gatefold.planner.schema.ColumnType;
import dev.gatefold.planner.schema.TableProbe.NewProbe;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reasons in the table and the columns of a split or a merge. */
final class RegroupChecks {

  private RegroupChecks() {}

  /** Whatever is to be done with the columns. */
  static List<Reason> unsuitable(RegroupTarget target) {
    List<Reason> reasons = new ArrayList<>(TableChecks.ofTable(target.table()));
    for (Column old : target.olds()) {
      TableChecks.generated(target.table(), old).ifPresent(reasons::add);
      identity(target, old).ifPresent(reasons::add);
      reasons.addAll(PartitionChecks.always(target.table(), old));
    }
    for (Regroup.New column : target.operation().news()) {
      TableChecks.nameTaken(
              target.table(),
              column.column(),
              "Choose another name; one of an old column is free once those are dropped.")
          .ifPresent(reasons::add);
    }
    return reasons;
  }

  /** Its sequence can go to one column only, and that as it is. */
  private static Optional<Reason> identity(RegroupTarget target, Column old) {
    boolean serial = old.defaultValue().flatMap(Column.Default::ownedSequence).isPresent();
    return old.identity().isPresent() || serial
        ? Optional.of(
            new Reason(
                "identity-column",
                target.label(old),
                "the column takes its values from a sequence of its own, which would go with it",
                "Leave this column out, or drop identity or default and sequence before."))
        : Optional.empty();
  }

  /** Where rows are to be copied. */
  static List<Reason> reasons(RegroupTarget target) {
    List<Reason> reasons = new ArrayList<>();
    RightsChecks.rowSecurity(target.table()).ifPresent(reasons::add);
    target
        .olds()
        .forEach(old -> PartitionChecks.partitionKey(target.table(), old).ifPresent(reasons::add));
    Stream.of(
            CarryChecks.identity(target.table()),
            TriggerChoice.of(target.table(), TriggerChoice.Writes.NEW_COLUMNS)
                .objection(target.backfill(), target.server().skipsUserTriggers()),
            CarryChecks.laterTriggers(target.table()))
        .forEach(reason -> reason.ifPresent(reasons::add));
    for (NewProbe column : target.probe().news()) {
      String label = target.table().name() + "." + column.name();
      column
          .type()
          .<Optional<ColumnType>>match(Optional::of, rejected -> Optional.empty())
          .flatMap(type -> CarryChecks.addedDomain(label, type))
          .ifPresent(reasons::add);
    }
    for (Column old : target.olds()) {
      CarryChecks.hiddenDomain(target.label(old), old).ifPresent(reasons::add);
      reasons.addAll(DenyChecks.ofColumn(target.retire(), target.table(), old));
      unsaidDefault(target, old).ifPresent(reasons::add);
    }
    return reasons;
  }

  /** Which part of it is whose default, only the author knows. */
  private static Optional<Reason> unsaidDefault(RegroupTarget target, Column old) {
    return old.defaultValue()
        .filter(
            value ->
                target.operation().news().stream()
                    .anyMatch(column -> column.defaultValue().isEmpty()))
        .map(
            value ->
                new Reason(
                    "default-unsaid",
                    target.label(old),
                    "the column has the default %s, and the file does not say what becomes of it"
                        .formatted(value.expression()),
                    "Give each new column a \"default\"; null for none."));
  }
}
