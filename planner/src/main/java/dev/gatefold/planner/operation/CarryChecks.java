package dev.gatefold.planner.operation;

import dev.gatefold.planner.change.Operation.OnDownFailure;
import dev.gatefold.planner.dialect.SyncSpec;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.operation.TriggerChoice.Writes;
import dev.gatefold.planner.plan.Refusal.Reason;
import dev.gatefold.planner.schema.Column;
import dev.gatefold.planner.schema.ColumnType;
import dev.gatefold.planner.schema.Constraint;
import dev.gatefold.planner.schema.Index;
import dev.gatefold.planner.schema.Table;
import dev.gatefold.planner.schema.TableProbe.MappingProbe;
import dev.gatefold.planner.schema.TableProbe.ObjectKind;
import dev.gatefold.planner.schema.TableProbe.Probed;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reasons in what hangs on a column that gives way: whatever is not carried over is named here. */
public final class CarryChecks {

  private static final Pattern SETS_DEFAULT = Pattern.compile(" ON (DELETE|UPDATE) SET DEFAULT");

  /** How the server's catalog reader calls such a column. */
  private static final String GENERATED = "generated column ";

  private static final String NOT_CARRIED_CURE =
      "Drop it before and make it again after the change, or leave this column out.";

  private CarryChecks() {}

  static List<Reason> reasons(Target target) {
    List<Reason> reasons = new ArrayList<>(dependents(target));
    reasons.addAll(FollowerChecks.reasons(target));
    Stream.of(
            key(target),
            identity(target.table()),
            typeKind(target),
            grants(target),
            userTriggers(target),
            laterTriggers(target.table()))
        .forEach(reason -> reason.ifPresent(reasons::add));
    target.table().indexes().stream()
        .filter(index -> target.touches(index.columns()))
        .forEach(index -> index(target, index).ifPresent(reasons::add));
    target.table().constraints().stream()
        .filter(constraint -> target.touches(constraint.columns()))
        .forEach(constraint -> constraint(target, constraint).ifPresent(reasons::add));
    reasons.addAll(SideChecks.reasons(target));
    reasons.addAll(ReferenceChecks.reasons(target));
    return reasons;
  }

  /** Generated columns and the like, which the server knows to depend on the column. */
  static List<Reason> dependents(Target target) {
    return target.table().dependents().stream()
        .filter(dependent -> dependent.attnum() == target.column().attnum())
        .map(dependent -> dependent(target, dependent.description()))
        .toList();
  }

  private static Reason dependent(Target target, String description) {
    return description.startsWith(GENERATED)
        ? new Reason(
            "generated-depends",
            target.label(),
            description
                + " is made from the column: to make it from another one, the server rewrites the"
                + " table while nobody can read it",
            NOT_CARRIED_CURE)
        : notCarried(target, description + " depends on the column");
  }

  static Reason notCarried(Target target, String what) {
    return new Reason(
        "not-carried",
        target.label(),
        what + ", and this version does not carry that over",
        NOT_CARRIED_CURE);
  }

  private static Optional<Reason> key(Target target) {
    return inKey(target) && !ReferenceChecks.keepsValues(target)
        ? Optional.of(
            new Reason(
                "primary-key",
                target.label(),
                "the column is part of the primary key, and the new values are not the old ones:"
                    + " two rows could become one",
                "Use a type that holds every old value, without \"up\" and \"down\"."))
        : nullableKey(target);
  }

  /** The server keeps NULL out of a primary key. */
  static Optional<Reason> nullableKey(Target target) {
    return inKey(target) && target.operation().wanted().nullable().orElse(false)
        ? Optional.of(
            new Reason(
                "primary-key",
                target.label(),
                "the column is part of the primary key and can hold no NULL",
                "Leave out \"nullable\"."))
        : Optional.empty();
  }

  private static boolean inKey(Target target) {
    return target.table().constraints().stream()
        .anyMatch(
            constraint ->
                constraint.kind() == Constraint.Kind.PRIMARY_KEY
                    && target.touches(constraint.columns()));
  }

  /** The backfill's updates would be refused, as all others on the table are. */
  static Optional<Reason> identity(Table changed) {
    return changed.family().stream()
        .filter(table -> table.traits().contains(Table.Trait.WITHOUT_IDENTITY))
        .findFirst()
        .map(
            table ->
                new Reason(
                    "no-replica-identity",
                    table.name().toString(),
                    "a publication sends its updates, yet it has no replica identity: the server"
                        + " refuses every update",
                    "Add a primary key, or run ALTER TABLE ... REPLICA IDENTITY FULL."));
  }

  private static Optional<Reason> typeKind(Target target) {
    return MappingChecks.acceptedType(target)
        .flatMap(type -> addedDomain(target.label(), type))
        .or(() -> hiddenDomain(target.label(), target.column()));
  }

  public static Optional<Reason> addedDomain(String label, ColumnType type) {
    return constrained(type)
        ? Optional.of(
            new Reason(
                "constrained-domain",
                label,
                "%s is a domain with a constraint or a default: to add a column of it, the"
                        .formatted(type.sql())
                    + " server rewrites the table while nobody can read it",
                "Use the domain's own type, and make its constraint a CHECK of the table."))
        : Optional.empty();
  }

  private static boolean constrained(ColumnType type) {
    return type.kind() == ColumnType.Kind.CONSTRAINED_DOMAIN
        || type.kind() == ColumnType.Kind.OTHER;
  }

  /** An INSERT of the new shape leaves NULL in the old column until the sync has filled it. */
  public static Optional<Reason> hiddenDomain(String label, Column old) {
    ColumnType type = old.type();
    return constrained(type)
        ? Optional.of(
            new Reason(
                "constrained-domain",
                label,
                "%s is a domain with a constraint or a default, which would speak up once the old column is hidden"
                    .formatted(type.sql()),
                "Change the column to the domain's own type first: that needs no copy."))
        : Optional.empty();
  }

  private static Optional<Reason> grants(Target target) {
    return target.column().grants().stream()
        .filter(grant -> !grant.byOwner())
        .map(
            grant ->
                notCarried(
                    target,
                    "%s for %s was granted by another role than the owner"
                        .formatted(grant.privilege(), grant.grantee())))
        .findFirst();
  }

  private static Optional<Reason> userTriggers(Target target) {
    return TriggerChoice.of(target.table(), Writes.NEW_COLUMNS)
        .objection(target.backfill(), target.server().skipsUserTriggers());
  }

  /**
   * The sync must be the last to see a row; the server fires triggers by the bytes of their names.
   */
  static Optional<Reason> laterTriggers(Table changed) {
    return changed.family().stream()
        .flatMap(
            table ->
                table.triggers().stream()
                    .filter(trigger -> trigger.beforeRow() && firesAfterSync(trigger.name()))
                    .map(trigger -> table.name() + "." + trigger.name()))
        .map(
            trigger ->
                new Reason(
                    "fires-later",
                    trigger,
                    "the trigger sorts after the sync, which must be the last to see a row",
                    "Rename it so that it begins with a letter of ASCII."))
        .findFirst();
  }

  private static boolean firesAfterSync(Identifier trigger) {
    return Arrays.compareUnsigned(
            trigger.value().getBytes(StandardCharsets.UTF_8),
            SyncSpec.TRIGGER_PREFIX.getBytes(StandardCharsets.UTF_8))
        > 0;
  }

  private static Optional<Reason> index(Target target, Index index) {
    return index
        .remarks()
        .map(remark -> notCarried(target, "index " + index.name() + " " + remark))
        .or(() -> identity(target, index))
        .or(() -> rejected(target, "index " + index.name(), ObjectKind.INDEX, index.name()));
  }

  /** The server identifies rows by columns that are never NULL. */
  private static Optional<Reason> identity(Target target, Index index) {
    return index.replicaIdentity() && target.operation().wanted().nullable().orElse(false)
        ? Optional.of(
            notCarried(
                target, "index " + index.name() + " is the replica identity: it takes no NULL"))
        : Optional.empty();
  }

  private static Optional<Reason> constraint(Target target, Constraint constraint) {
    return switch (constraint.kind()) {
      case CHECK, FOREIGN_KEY ->
          carriedAsReference(target, constraint)
              ? Optional.empty()
              : tooMuch(target, constraint)
                  .or(
                      () ->
                          rejected(
                              target,
                              "constraint " + constraint.name(),
                              ObjectKind.CONSTRAINT,
                              constraint.name()));
      // Carried with its index, or asked about elsewhere.
      case UNIQUE, PRIMARY_KEY, INCOMING_FOREIGN_KEY -> Optional.empty();
      case NOT_NULL ->
          constraint.validated()
              ? Optional.empty()
              : Optional.of(
                  notCarried(target, "NOT NULL constraint " + constraint.name() + " NOT VALID"));
      case EXCLUSION ->
          Optional.of(
              new Reason(
                  "exclusion",
                  target.label(),
                  "exclusion constraint %s can be made neither beside writers nor of an index that is there"
                      .formatted(constraint.name()),
                  NOT_CARRIED_CURE));
      case OTHER -> Optional.of(notCarried(target, "constraint " + constraint.name()));
    };
  }

  /** A foreign key of the table to itself, both of whose ends change. */
  private static boolean carriedAsReference(Target target, Constraint constraint) {
    return constraint.kind() == Constraint.Kind.FOREIGN_KEY
        && target.table().incoming().stream()
            .filter(key -> target.touches(key.ownColumns()))
            .filter(key -> key.name().equals(constraint.name()))
            .anyMatch(
                key ->
                    target
                        .tableProbe()
                        .object(ObjectKind.INCOMING_FOREIGN_KEY, key.probe())
                        .isPresent());
  }

  /** Constraints that would get in the way of the new column while they stand on the old one. */
  private static Optional<Reason> tooMuch(Target target, Constraint constraint) {
    if (SETS_DEFAULT.matcher(constraint.definition()).find()) {
      // The hidden column has no default: its action, which fires first, would set NULL on both.
      return Optional.of(
          notCarried(target, "foreign key " + constraint.name() + " sets a default"));
    }
    if (constraint.kind() == Constraint.Kind.FOREIGN_KEY && !sameValues(target)) {
      // Old and new value would both have to be in the referenced table: the old one could refuse
      // a write of the new shape that the new one takes, in its own name.
      return Optional.of(
          new Reason(
              "mapped-foreign-key",
              target.label(),
              "foreign key %s would have to hold for the old and the mapped values at once"
                  .formatted(constraint.name()),
              "Drop the foreign key before, or leave out \"up\" and \"down\"."));
    }
    boolean givesUp =
        target.operation().mapping().onDownFailure() == OnDownFailure.GIVE_UP_ROLLBACK;
    return givesUp
        ? Optional.of(
            new Reason(
                "give-up-constrained",
                target.label(),
                "constraint %s on the old column would refuse values that \"give_up_rollback\" lets through"
                    .formatted(constraint.name()),
                "Use \"on_down_failure: refuse\", or drop the constraint before."))
        : Optional.empty();
  }

  private static boolean sameValues(Target target) {
    return Stream.of(target.probe().up(), target.probe().down())
        .allMatch(probed -> probed.match(MappingProbe::plain, rejected -> true));
  }

  /** What the server said against the object over the new column. */
  static Optional<Reason> rejected(Target target, String what, ObjectKind kind, Identifier name) {
    return target
        .tableProbe()
        .object(kind, name)
        .map(
            object ->
                object
                    .definition()
                    .match(
                        accepted -> Optional.<Reason>empty(),
                        rejected -> Optional.of(doesNotFit(target, what, rejected))))
        .orElseGet(() -> Optional.of(notCarried(target, what)));
  }

  private static Reason doesNotFit(Target target, String what, Probed.Rejected<?> rejected) {
    return new Reason(
        "does-not-fit",
        target.label(),
        "%s cannot be made over the new column: %s".formatted(what, rejected.message()),
        NOT_CARRIED_CURE);
  }
}
