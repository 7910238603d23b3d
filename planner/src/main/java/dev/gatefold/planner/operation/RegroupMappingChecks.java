package dev.gatefold.planner.operation;

import dev.gatefold.planner.change.Regroup;
import dev.gatefold.planner.plan.Refusal.Reason;
import dev.gatefold.planner.schema.Column;
import dev.gatefold.planner.schema.TableProbe.MappingProbe;
import dev.gatefold.planner.schema.TableProbe.NewProbe;
import dev.gatefold.planner.schema.TableProbe.Probed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reasons in the mappings of a split or a merge: one {@code up} or {@code down} a column. */
final class RegroupMappingChecks {

  private static final String UNDEFINED_COLUMN = "42703";

  /** A mapping of the file, in words for messages. */
  private record Named(String key, String label, String cure) {}

  private RegroupMappingChecks() {}

  static List<Reason> reasons(RegroupTarget target) {
    List<Reason> reasons = types(target);
    if (!reasons.isEmpty()) {
      return reasons;
    }
    for (int i = 0; i < target.operation().news().size(); i++) {
      Regroup.New column = target.operation().news().get(i);
      NewProbe probe = target.probe().news().get(i);
      reasons.addAll(mapping(target, up(target, column), probe.up()));
      defaultFits(target, column, probe).ifPresent(reasons::add);
      nullability(target, column, probe).ifPresent(reasons::add);
    }
    for (int i = 0; i < target.olds().size(); i++) {
      reasons.addAll(
          mapping(target, down(target, target.olds().get(i)), target.probe().olds().get(i).down()));
    }
    return reasons;
  }

  private static List<Reason> types(RegroupTarget target) {
    List<Reason> reasons = new ArrayList<>();
    for (NewProbe column : target.probe().news()) {
      column
          .type()
          .match(
              accepted -> Optional.<Reason>empty(),
              rejected ->
                  Optional.of(
                      MappingChecks.badType(
                          target.table().name() + "." + column.name(), rejected.message())))
          .ifPresent(reasons::add);
    }
    return reasons;
  }

  private static Named up(RegroupTarget target, Regroup.New column) {
    return new Named(
        "up",
        target.label(column),
        "\"up\" sees the old row: write %s."
            .formatted(
                target.olds().stream()
                    .map(old -> old.name().quoted())
                    .collect(Collectors.joining(" or "))));
  }

  private static Named down(RegroupTarget target, Column old) {
    return new Named(
        "down",
        target.label(old),
        "\"down\" sees the new row: write %s."
            .formatted(
                target.operation().news().stream()
                    .map(column -> column.column().quoted())
                    .collect(Collectors.joining(" or "))));
  }

  private static List<Reason> mapping(
      RegroupTarget target, Named named, Probed<MappingProbe> mapping) {
    return mapping.match(
        accepted -> accepted(target, named, accepted),
        rejected -> List.of(rejected(named, rejected)));
  }

  private static Reason rejected(Named named, Probed.Rejected<?> rejected) {
    return new Reason(
        "bad-" + named.key(),
        named.label(),
        "the server refuses \"%s\": %s".formatted(named.key(), rejected.message()),
        rejected.sqlState().equals(UNDEFINED_COLUMN)
            ? named.cure()
            : "Mend the expression in the file.");
  }

  private static List<Reason> accepted(RegroupTarget target, Named named, MappingProbe mapping) {
    List<Reason> reasons = new ArrayList<>();
    if (!mapping.readsOwn()) {
      reasons.add(
          new Reason(
              "bad-" + named.key(),
              named.label(),
              "\"%s\" reads no column of the other side: every row would get the same value"
                  .formatted(named.key()),
              named.cure()));
    }
    if (!mapping.readsOther().isEmpty()) {
      reasons.add(
          new Reason(
              named.key() + "-reads-others",
              named.label(),
              "\"%s\" reads %s as well, and the sync watches the columns of the operation only"
                  .formatted(named.key(), String.join(", ", mapping.readsOther())),
              named.cure()));
    }
    if (!mapping.steady() && !target.operation().volatileAccepted()) {
      reasons.add(MappingChecks.unsteady(named.key(), named.label()));
    }
    return reasons;
  }

  private static Optional<Reason> defaultFits(
      RegroupTarget target, Regroup.New column, NewProbe probe) {
    return probe
        .defaultValue()
        .match(
            accepted -> Optional.empty(),
            rejected ->
                Optional.of(MappingChecks.badDefault(target.label(column), rejected.message())));
  }

  /** Where some old column refuses NULL, there may be no row that is NULL in all of them. */
  private static Optional<Reason> nullability(
      RegroupTarget target, Regroup.New column, NewProbe probe) {
    boolean leavesNull = probe.up().match(MappingProbe::nullForNull, rejected -> false);
    return !column.nullable() && leavesNull && target.olds().stream().noneMatch(Column::notNull)
        ? Optional.of(
            new Reason(
                "null-stays-null",
                target.label(column),
                "the new column shall refuse NULL, but \"up\" of NULL is NULL",
                "Say what NULL becomes: up: COALESCE(..., ...)."))
        : Optional.empty();
  }
}
