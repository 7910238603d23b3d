package dev.gatefold.planner.operation;

import dev.gatefold.planner.plan.Refusal.Reason;
import dev.gatefold.planner.schema.IncomingForeignKey;
import dev.gatefold.planner.schema.TableProbe.MappingProbe;
import dev.gatefold.planner.schema.TableProbe.ObjectKind;
import dev.gatefold.planner.schema.TableProbe.Probed;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reasons in what refers to a column: rows of the same or of other tables, and their keys. */
final class ReferenceChecks {

  private static final Pattern SETS_DEFAULT = Pattern.compile(" ON (DELETE|UPDATE) SET DEFAULT");

  private ReferenceChecks() {}

  static List<Reason> reasons(Target target) {
    return target.table().incoming().stream()
        .filter(key -> target.touches(key.columns()))
        .flatMap(key -> reason(target, key).stream())
        .toList();
  }

  private static Optional<Reason> reason(Target target, IncomingForeignKey key) {
    String what = "foreign key %s of %s".formatted(key.name(), key.child());
    if (!key.owned()) {
      return Optional.of(
          new Reason(
              "not-owner",
              key.child().toString(),
              what + " has to follow the column, but the connected role does not own that table",
              "Connect as its owner, or grant the owner's role to the connected one."));
    }
    if (!key.ordinary()) {
      return Optional.of(
          CarryChecks.notCarried(
              target, what + " belongs to a partitioned table or one of its partitions"));
    }
    if (!keepsValues(target)) {
      return Optional.of(
          new Reason(
              "referenced",
              target.label(),
              what
                  + " refers to the column, and the new values are not the old ones: the rows that"
                  + " refer would find none",
              "Drop the foreign key before, change both columns, and make it again."));
    }
    if (!key.ownColumns().isEmpty() && setsDefault(target, key)) {
      // While both columns live, only one of the two that refer has the default.
      return Optional.of(CarryChecks.notCarried(target, what + " sets a default"));
    }
    return CarryChecks.rejected(target, what, ObjectKind.INCOMING_FOREIGN_KEY, key.probe());
  }

  private static boolean setsDefault(Target target, IncomingForeignKey key) {
    return target
        .tableProbe()
        .object(ObjectKind.INCOMING_FOREIGN_KEY, key.probe())
        .map(object -> object.definition().match(t -> t.text(), rejected -> ""))
        .filter(text -> SETS_DEFAULT.matcher(text).find())
        .isPresent();
  }

  /** Whether every new value equals the old one. */
  static boolean keepsValues(Target target) {
    return isPlainAndExact(target.probe().up()) && isPlainAndExact(target.probe().down());
  }

  private static boolean isPlainAndExact(Probed<MappingProbe> mapping) {
    return mapping.match(probe -> probe.plain() && probe.exact(), rejected -> false);
  }
}
