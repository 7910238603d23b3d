package dev.gatefold.planner.hazard;

import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.plan.Hazard;
import dev.gatefold.planner.plan.Hazard.Severity;
import dev.gatefold.planner.plan.Step;
import java.util.List;

/** A backfill writes each row once more. */
final class BackfillWrites implements HazardCheck {

  private static final Danger DANGER = Danger.bySize("backfill-writes", Severity.NOTE);

  @Override
  public Danger danger() {
    return DANGER;
  }

  @Override
  public List<Hazard> in(Scene scene) {
    return scene.stages().stream()
        .flatMap(stage -> stage.steps().stream())
        .filter(Step.BackfillRows.class::isInstance)
        .flatMap(step -> step.tables().stream())
        .distinct()
        .map(table -> hazard(scene, table))
        .toList();
  }

  private static Hazard hazard(Scene scene, TableName table) {
    return DANGER.at(
        scene.weight(table),
        table,
        "the backfill writes each row once more: the log, the table, the indexes over other columns"
            + " and the replicas grow accordingly",
        "See that disk and replicas have room; max_rows_per_second and window of \"backfill\" slow"
            + " it down.");
  }
}
