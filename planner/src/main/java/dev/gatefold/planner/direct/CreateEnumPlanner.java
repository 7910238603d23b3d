package dev.gatefold.planner.direct;

import dev.gatefold.planner.change.CreateEnum;
import dev.gatefold.planner.draft.NewEnum;
import dev.gatefold.planner.operation.Planned;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.planner.plan.Undo;
import java.util.List;

/** {@code create_enum}: at once. Taken back, it is dropped. */
final class CreateEnumPlanner {

  private final Site site;

  CreateEnumPlanner(Site site) {
    this.site = site;
  }

  Planned plan(CreateEnum operation) {
    EnumWork work = new EnumWork(site, operation.type());
    String id = "expand.create-enum." + operation.type();
    return site.answer(new NewEnum(operation.type(), operation.values()))
        .match(
            made ->
                new Staging()
                    .claim(work.claim())
                    .in(
                        StageName.EXPAND,
                        work.brief(
                            id,
                            "create enum",
                            work.sql().create(operation.type(), operation.values()),
                            List.of(),
                            Undo.by(
                                work.brief(
                                    id + ".undo",
                                    "drop enum",
                                    work.sql().drop(operation.type()),
                                    List.of(),
                                    new Undo.Nothing()))))
                    .planned(),
            rejected -> Refused.byServer(operation.type().toString(), rejected));
  }
}
