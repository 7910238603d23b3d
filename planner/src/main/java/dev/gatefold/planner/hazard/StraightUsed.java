package dev.gatefold.planner.hazard;

import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.plan.Hazard;
import dev.gatefold.planner.plan.Hazard.Severity;
import dev.gatefold.planner.plan.Step;
import java.util.List;

/** A table whose shape changes at once, under whoever uses it after all. */
final class StraightUsed implements HazardCheck {

  private static final Danger DANGER = Danger.byTraffic("straight", Severity.WARNING);

  @Override
  public Danger danger() {
    return DANGER;
  }

  @Override
  public List<Hazard> in(Scene scene) {
    return scene.stages().stream()
        .flatMap(stage -> stage.steps().stream())
        .filter(step -> step.kind().equals(Step.STRAIGHT))
        .flatMap(step -> step.tables().stream())
        .filter(table -> scene.table(table).isPresent())
        .map(table -> hazard(scene, table))
        .toList();
  }

  private static Hazard hazard(Scene scene, TableName table) {
    return DANGER.at(
        scene.weight(table),
        table,
        "plain DDL changes it from one instant to the next, and nobody reads or writes it meanwhile:"
            + " a version that uses what is replaced or dropped fails from then on",
        "See under \"What was seen\" that nobody uses it; else leave \"straight\" out of the file.");
  }
}
