package dev.gatefold.planner.operation;

import dev.gatefold.planner.plan.Refusal.Reason;
import dev.gatefold.planner.schema.ColumnType;
import dev.gatefold.planner.schema.TableProbe.MappingProbe;
import dev.gatefold.planner.schema.TableProbe.Probed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reasons in the mapping: what the server says against it, and what would lose or bend values. */
final class MappingChecks {

  private static final String UNDEFINED_COLUMN = "42703";
  private static final String NO_INVERSE = "GF000";

  private MappingChecks() {}

  static List<Reason> reasons(Target target) {
    List<Reason> reasons = new ArrayList<>();
    typeFits(target).ifPresent(reasons::add);
    if (!reasons.isEmpty()) {
      return reasons;
    }
    reasons.addAll(direction(target, "up", target.probe().up()));
    reasons.addAll(direction(target, "down", target.probe().down()));
    Stream.of(defaultFits(target), traitsFit(target), nullability(target), sameMeaning(target))
        .forEach(reason -> reason.ifPresent(reasons::add));
    return reasons;
  }

  static Optional<Reason> typeFits(Target target) {
    return target
        .probe()
        .type()
        .match(
            accepted -> Optional.empty(),
            rejected -> Optional.of(badType(target.label(), rejected.message())));
  }

  static Reason badType(String label, String message) {
    return new Reason(
        "bad-type",
        label,
        "the type cannot be used: " + message,
        "Write the type after \"type\" as in ALTER TABLE.");
  }

  static Optional<ColumnType> acceptedType(Target target) {
    return target.probe().type().match(Optional::of, rejected -> Optional.empty());
  }

  static Optional<Reason> defaultFits(Target target) {
    return target
        .probe()
        .newDefault()
        .match(
            accepted -> Optional.empty(),
            rejected -> Optional.of(badDefault(target.label(), rejected.message())));
  }

  static Reason badDefault(String label, String message) {
    return new Reason(
        "bad-default",
        label,
        "the default does not fit the new type: " + message,
        "Give one that fits with \"default\", or none with \"default: null\".");
  }

  static Optional<Reason> traitsFit(Target target) {
    return target
        .probe()
        .traits()
        .match(
            accepted -> Optional.empty(),
            rejected ->
                Optional.of(
                    new Reason(
                        "server-refuses",
                        target.label(),
                        "the server says: " + rejected.message(),
                        "Mend the operation in the file.")));
  }

  private static List<Reason> direction(Target target, String name, Probed<MappingProbe> mapping) {
    return mapping.match(
        accepted -> accepted(target, name, accepted),
        rejected -> List.of(rejected(target, name, rejected)));
  }

  private static Reason rejected(Target target, String name, Probed.Rejected<?> rejected) {
    if (rejected.sqlState().equals(NO_INVERSE)) {
      return new Reason(
          "no-" + name,
          target.label(),
          "it is not known how a new value becomes an old one again",
          "Say it with \"" + name + "\", in SQL over the new row.");
    }
    boolean missing = rejected.sqlState().equals(UNDEFINED_COLUMN);
    return new Reason(
        "bad-" + name,
        target.label(),
        "the server refuses \"%s\": %s".formatted(name, rejected.message()),
        missing ? columnsCure(target, name) : "Mend the expression in the file.");
  }

  private static String columnsCure(Target target, String name) {
    return name.equals("up")
        ? "\"up\" sees the old row: write " + target.column().name().quoted() + "."
        : "\"down\" sees the new row: write " + target.operation().finalName().quoted() + ".";
  }

  private static List<Reason> accepted(Target target, String name, MappingProbe mapping) {
    List<Reason> reasons = new ArrayList<>();
    if (!mapping.readsOwn()) {
      reasons.add(
          new Reason(
              "bad-" + name,
              target.label(),
              "\"" + name + "\" does not read the column: every row would get the same value",
              columnsCure(target, name)));
    }
    if (!mapping.readsOther().isEmpty()) {
      reasons.add(
          new Reason(
              name + "-reads-others",
              target.label(),
              "\"%s\" reads %s as well, and the sync watches the changed column only"
                  .formatted(name, String.join(", ", mapping.readsOther())),
              "Write a mapping of this one column."));
    }
    if (!mapping.steady() && !target.operation().mapping().volatileAccepted()) {
      reasons.add(unsteady(name, target.label()));
    }
    return reasons;
  }

  static Reason unsteady(String name, String label) {
    return new Reason(
        "volatile-" + name,
        label,
        "\"" + name + "\" depends on more than the row, such as the time or a setting",
        "Use an immutable expression, or accept it with \"volatile: accepted\".");
  }

  private static Optional<Reason> nullability(Target target) {
    boolean wantsNotNull = !target.operation().wanted().nullable().orElse(true);
    boolean leavesNull = target.probe().up().match(MappingProbe::nullForNull, rejected -> false);
    return wantsNotNull && !target.column().notNull() && leavesNull
        ? Optional.of(
            new Reason(
                "null-stays-null",
                target.label(),
                "the new column shall refuse NULL, but \"up\" of NULL is NULL",
                "Say what NULL becomes: up: COALESCE(%s, ...)."
                    .formatted(target.column().name().quoted())))
        : Optional.empty();
  }

  private static Optional<Reason> sameMeaning(Target target) {
    boolean keepsName = target.operation().finalName().equals(target.column().name());
    boolean plain = target.probe().up().match(MappingProbe::plain, rejected -> true);
    return keepsName && !plain && !target.operation().mapping().sameMeaning()
        ? Optional.of(
            new Reason(
                "other-meaning",
                target.label(),
                "the column keeps its name, but \"up\" is more than a cast: an application cannot"
                    + " tell by the name which values it reads",
                "Give the column a new name with \"to\", or say \"same_meaning: true\"."))
        : Optional.empty();
  }
}
