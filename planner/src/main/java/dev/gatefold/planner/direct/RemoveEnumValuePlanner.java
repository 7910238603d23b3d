package dev.gatefold.planner.direct;

import dev.gatefold.planner.change.RemoveEnumValue;
import dev.gatefold.planner.change.TypeTrade;
import dev.gatefold.planner.draft.EnumType;
import dev.gatefold.planner.draft.SmallerEnum;
import dev.gatefold.planner.operation.Planned;
import dev.gatefold.planner.plan.Hazard;
import dev.gatefold.planner.plan.Hazard.Severity;
import dev.gatefold.planner.plan.LockMode;
import dev.gatefold.planner.plan.Refusal.Reason;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.planner.plan.Step;
import dev.gatefold.planner.plan.Undo;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * {@code remove_enum_value}: PostgreSQL takes no value away from an enum, so a new type without it
 * is made beside it. The columns give way to others of the new type, and the two types trade names
 * in the transaction in which the columns do.
 */
final class RemoveEnumValuePlanner {

  private final Site site;

  RemoveEnumValuePlanner(Site site) {
    this.site = site;
  }

  Planned plan(RemoveEnumValue operation) {
    EnumWork work = new EnumWork(site, operation.type());
    return work.with(
        known ->
            work.missing(known, operation.value())
                .or(() -> work.missing(known, operation.replaceBy()))
                .or(() -> obstacles(work, known, operation))
                .orElseGet(() -> make(work, known, operation)));
  }

  private static Optional<Planned> obstacles(
      EnumWork work, EnumType known, RemoveEnumValue operation) {
    Stream<Reason> strangers =
        known.uses().stream()
            .filter(use -> !use.follows())
            .map(
                use ->
                    new Reason(
                        "enum-used",
                        work.name().toString(),
                        use.description()
                            + " uses the enum itself and not by a column, and does not come along"
                            + " to the new type",
                        "Drop it before and make it again after the change."));
    Stream<Reason> defaults =
        known.uses().stream()
            .flatMap(use -> use.column().stream())
            .filter(column -> column.defaultValue().isPresent())
            .filter(column -> operation.carried(column).isEmpty())
            .map(
                column ->
                    new Reason(
                        "enum-default",
                        column.table() + "." + column.column(),
                        "its default %s is no plain value of the enum, or holds the one that goes"
                            .formatted(column.defaultValue().orElse("")),
                        "Give it a plain default before."));
    List<Reason> reasons = Stream.concat(strangers, defaults).toList();
    return reasons.isEmpty() ? Optional.empty() : Optional.of(new Planned.Refused(reasons));
  }

  private Planned make(EnumWork work, EnumType known, RemoveEnumValue operation) {
    TypeTrade trade = operation.trade().orElseThrow();
    return site.answer(new SmallerEnum(trade.type(), trade.building(), operation.value()))
        .match(
            smaller -> staged(work, known, smaller, operation),
            rejected -> Refused.byServer(trade.type().toString(), rejected));
  }

  private Planned staged(
      EnumWork work, EnumType known, EnumType smaller, RemoveEnumValue operation) {
    TypeTrade trade = operation.trade().orElseThrow();
    String id = "expand.enum." + trade.type();
    Step undo =
        work.brief(
            id + ".undo",
            "drop new enum",
            work.sql().drop(trade.building()),
            List.of(),
            new Undo.Nothing());
    return new Staging()
        .claim(work.claim())
        .in(
            StageName.EXPAND,
            new Step.BriefDdl(
                id,
                "create enum",
                List.of(
                    work.sql().create(trade.building(), smaller.values()),
                    work.sql().carry(trade.type(), trade.building())),
                LockMode.ACCESS_SHARE,
                List.of(),
                List.of(work.sql().typeIs(trade.type(), known.oid())),
                Optional.empty(),
                Undo.by(undo)))
        .hazard(
            new Hazard(
                "enum-replaced",
                Severity.WARNING,
                trade.type().toString(),
                "from retire on the name means another type: sessions that keep its OID, such as"
                    + " pgjdbc for typed parameters, and functions that were compiled before, meet"
                    + " an error of mismatched types",
                "Let connections be opened anew after retire, or send values as text."))
        .deploy(
            "before retire: every version that writes %s must be gone"
                .formatted(work.label(operation.value())))
        .planned();
  }
}
