package dev.gatefold.planner.direct;

import dev.gatefold.planner.change.AddEnumValue;
import dev.gatefold.planner.draft.EnumType;
import dev.gatefold.planner.operation.Planned;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.planner.plan.Undo;
import java.util.Optional;

/**
 * {@code add_enum_value}: at once, beside traffic, in a step of its own, since the transaction that
 * adds a value cannot use it. PostgreSQL takes no value away again.
 */
final class AddEnumValuePlanner {

  private final Site site;

  AddEnumValuePlanner(Site site) {
    this.site = site;
  }

  Planned plan(AddEnumValue operation) {
    EnumWork work = new EnumWork(site, operation.type());
    return work.with(
        known ->
            work.taken(known, operation.value())
                .or(
                    () ->
                        operation.place().flatMap(place -> work.missing(known, place.neighbour())))
                .orElseGet(() -> add(work, known, operation)));
  }

  private static Planned add(EnumWork work, EnumType known, AddEnumValue operation) {
    Optional<String> beside =
        operation
            .place()
            .map(
                place ->
                    work.sql()
                        .addValue(
                            work.name(), operation.value(), place.before(), place.neighbour()));
    return new Staging()
        .claim(work.claim())
        .in(
            StageName.EXPAND,
            work.brief(
                known,
                "expand.enum-value." + work.label(operation.value()),
                "add enum value",
                beside.orElseGet(() -> work.sql().addValue(work.name(), operation.value())),
                new Undo.PointOfNoReturn(
                    "PostgreSQL takes no value away from an enum; remove_enum_value does it by way"
                        + " of a new type, in a change of its own")))
        .deploy(
            "before expand: every version that reads %s must cope with the value '%s'"
                .formatted(work.name(), operation.value()))
        .planned();
  }
}
