package dev.gatefold.planner.direct;

import dev.gatefold.planner.change.DropEnum;
import dev.gatefold.planner.draft.EnumType;
import dev.gatefold.planner.draft.EnumType.Use;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.operation.Planned;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.planner.plan.Undo;
import dev.gatefold.planner.replacement.Names;
import java.util.stream.Collectors;

/**
 * {@code drop_enum}: out of reach under another name first, from where it comes back as it was,
 * with its privileges and comment; then it goes.
 */
final class DropEnumPlanner {

  private final Site site;

  DropEnumPlanner(Site site) {
    this.site = site;
  }

  Planned plan(DropEnum operation) {
    EnumWork work = new EnumWork(site, operation.type());
    return work.with(known -> known.uses().isEmpty() ? drop(work, known) : used(work, known));
  }

  private static Planned used(EnumWork work, EnumType known) {
    return Refused.because(
        "enum-used",
        work.name().toString(),
        "the enum is used by "
            + known.uses().stream().map(Use::description).collect(Collectors.joining(", ")),
        "Change or drop those in a change before.");
  }

  private Planned drop(EnumWork work, EnumType known) {
    TableName name = work.name();
    Identifier hidden = new Names(site.change(), name).oldObject("enum", name.name());
    TableName aside = new TableName(name.schema(), hidden);
    EnumWork retired = new EnumWork(site, aside);
    String id = "retire.enum." + name;
    return new Staging()
        .claim(work.claim())
        .in(
            StageName.RETIRE,
            work.brief(
                known,
                id,
                "hide enum",
                work.sql().rename(name, hidden),
                Undo.by(
                    retired.brief(
                        known,
                        id + ".undo",
                        "give enum its name back",
                        work.sql().rename(aside, name.name()),
                        new Undo.Nothing()))))
        .in(
            StageName.DROP,
            retired.brief(
                known,
                "drop.enum." + name,
                "drop enum",
                work.sql().drop(aside),
                new Undo.PointOfNoReturn("the enum is gone")))
        .deploy("before retire: every version that names the type %s must be gone".formatted(name))
        .planned();
  }
}
