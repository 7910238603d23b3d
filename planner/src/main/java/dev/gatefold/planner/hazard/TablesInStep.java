package dev.gatefold.planner.hazard;

import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.plan.Hazard;
import dev.gatefold.planner.plan.Hazard.Severity;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.planner.plan.Step;
import dev.gatefold.planner.plan.Sync;
import java.util.List;
import java.util.stream.Stream;

/** Who writes one of two tables that are kept in step locks a row of the other one too. */
final class TablesInStep implements HazardCheck {

  private static final Danger DANGER = Danger.byTraffic("tables-in-step", Severity.WARNING);

  @Override
  public Danger danger() {
    return DANGER;
  }

  @Override
  public List<Hazard> in(Scene scene) {
    return scene.works().stream()
        .filter(work -> work.stage() == StageName.BACKFILL)
        .flatMap(work -> work.steps().stream())
        .flatMap(TablesInStep::pair)
        .distinct()
        .map(
            tables ->
                DANGER.at(
                    scene.weight(tables.get(0)),
                    tables.get(1),
                    "until drop, a write of %s locks the row of %s that belongs to it, and the other"
                            .formatted(tables.get(0), tables.get(1))
                        + " way round: two applications that write the same row by different tables"
                        + " at the same instant can wait for each other, and the server ends one of"
                        + " them (40P01)",
                    "Let the applications try such a transaction again, as after any deadlock."))
        .toList();
  }

  private static Stream<List<TableName>> pair(Step step) {
    return step instanceof Step.BriefDdl ddl && ddl.syncs().size() == 2
        ? Stream.of(ddl.syncs().stream().map(Sync::table).toList())
        : Stream.empty();
  }
}
