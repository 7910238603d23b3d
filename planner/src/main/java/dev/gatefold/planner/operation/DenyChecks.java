package dev.gatefold.planner.operation;

import dev.gatefold.planner.change.Retire;
import dev.gatefold.planner.plan.Refusal.Reason;
import dev.gatefold.planner.schema.Column;
import dev.gatefold.planner.schema.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reasons against {@code retire: revoke}: where it could not bind, or not be taken back. */
final class DenyChecks {

  private static final String RENAME_CURE = "Leave out \"retire\": the old column is renamed then.";

  private DenyChecks() {}

  static List<Reason> reasons(Target target) {
    if (target.retire() != Retire.REVOKE) {
      return List.of();
    }
    List<Reason> reasons = new ArrayList<>();
    Stream.of(keepsName(target), nobody(target)).forEach(reason -> reason.ifPresent(reasons::add));
    target.table().family().forEach(table -> others(table).ifPresent(reasons::add));
    return reasons;
  }

  private static Optional<Reason> keepsName(Target target) {
    return target.operation().finalName().equals(target.column().name())
        ? Optional.of(
            new Reason(
                "revoke-kept-name",
                target.label(),
                "\"retire: revoke\" leaves the old column its name, and the new one shall have the same",
                "Give the new column a name of its own with \"to\", or leave out \"retire\"."))
        : Optional.empty();
  }

  private static Optional<Reason> nobody(Target target) {
    boolean anybody =
        target.table().family().stream()
            .flatMap(
                table ->
                    Stream.concat(
                        table.rights().grants().stream(),
                        table.column(target.column().name()).stream()
                            .flatMap(column -> column.grants().stream())))
            .anyMatch(grant -> !grant.grantee().equals(target.table().rights().owner()));
    return anybody
        ? Optional.empty()
        : Optional.of(
            new Reason(
                "revoke-denies-nobody",
                target.label(),
                "nobody but the owner %s was granted a right to use the column, and the owner cannot be denied"
                    .formatted(target.table().rights().owner()),
                RENAME_CURE));
  }

  /** What another role granted could be taken away with all that hangs on it, not put back. */
  private static Optional<Reason> others(Table table) {
    return table.rights().grants().stream()
        .filter(grant -> !grant.byOwner())
        .findFirst()
        .map(grant -> byAnother(table, grant))
        .or(
            () ->
                table.columns().stream()
                    .flatMap(column -> column.grants().stream())
                    .filter(grant -> !grant.byOwner())
                    .findFirst()
                    .map(grant -> byAnother(table, grant)));
  }

  private static Reason byAnother(Table table, Column.Grant grant) {
    return new Reason(
        "revoke-of-others",
        table.name().toString(),
        "%s for %s was granted by another role than the owner"
            .formatted(grant.privilege(), grant.grantee()),
        "Let the owner grant it instead. " + RENAME_CURE);
  }
}
