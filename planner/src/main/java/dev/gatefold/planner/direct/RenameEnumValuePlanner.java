package dev.gatefold.planner.direct;

import dev.gatefold.planner.change.RenameEnumValue;
import dev.gatefold.planner.draft.EnumType;
import dev.gatefold.planner.operation.Planned;
import dev.gatefold.planner.plan.Hazard;
import dev.gatefold.planner.plan.Hazard.Severity;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.planner.plan.Step;
import dev.gatefold.planner.plan.Undo;

/**
 * {@code rename_enum_value}: for all rows in one instant, in {@code retire}, since a value has one
 * name only: applications have to know both before. Taken back in the same instant.
 */
final class RenameEnumValuePlanner {

  private final Site site;

  RenameEnumValuePlanner(Site site) {
    this.site = site;
  }

  Planned plan(RenameEnumValue operation) {
    EnumWork work = new EnumWork(site, operation.type());
    return work.with(
        known ->
            work.missing(known, operation.from())
                .or(() -> work.taken(known, operation.to()))
                .orElseGet(() -> rename(work, known, operation)));
  }

  private static Planned rename(EnumWork work, EnumType known, RenameEnumValue operation) {
    String id = "retire.enum-value." + work.label(operation.from());
    Step back =
        work.brief(
            known,
            id + ".undo",
            "rename enum value back",
            work.sql().renameValue(work.name(), operation.to(), operation.from()),
            new Undo.Nothing());
    return new Staging()
        .claim(work.claim())
        .in(
            StageName.RETIRE,
            work.brief(
                known,
                id,
                "rename enum value",
                work.sql().renameValue(work.name(), operation.from(), operation.to()),
                Undo.by(back)))
        .hazard(
            new Hazard(
                "enum-value-renamed",
                Severity.DANGER,
                work.label(operation.from()),
                "from retire on the server refuses '%s' in every statement and returns '%s'"
                    .formatted(operation.from(), operation.to()),
                "Deploy a version that reads both names, and writes whichever the server takes."))
        .deploy(
            "before retire: every version that uses %s must cope with '%s' in its place"
                .formatted(work.label(operation.from()), operation.to()))
        .planned();
  }
}
