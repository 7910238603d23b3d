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
public final class DenyChecks {

  private static final String RENAME_CURE = "Leave out \"retire\": the old column is renamed then.";

  private DenyChecks() {}

  static List<Reason> reasons(Target target) {
    if (target.retire() != Retire.REVOKE) {
      return List.of();
    }
    List<Reason> reasons = new ArrayList<>();
    keepsName(target).ifPresent(reasons::add);
    reasons.addAll(ofColumn(target.retire(), target.table(), target.column()));
    return reasons;
  }

  /** The same of a column whose name no new one takes. */
  public static List<Reason> ofColumn(Retire retire, Table changed, Column column) {
    return retire == Retire.REVOKE
        ? Stream.concat(
                nobody(changed, column).stream(),
                changed.family().stream().flatMap(table -> others(table).stream()))
            .toList()
        : List.of();
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

  private static Optional<Reason> nobody(Table changed, Column denied) {
    boolean anybody =
        changed.family().stream()
            .flatMap(
                table ->
                    Stream.concat(
                        table.rights().grants().stream(),
                        table.column(denied.name()).stream()
                            .flatMap(column -> column.grants().stream())))
            .anyMatch(grant -> !grant.grantee().equals(changed.rights().owner()));
    return anybody
        ? Optional.empty()
        : Optional.of(
            new Reason(
                "revoke-denies-nobody",
                changed.name() + "." + denied.name(),
                "nobody but the owner %s was granted a right to use the column, and the owner cannot be denied"
                    .formatted(changed.rights().owner()),
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
