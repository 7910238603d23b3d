package dev.gatefold.planner.hazard;

import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.plan.Hazard;
import dev.gatefold.planner.plan.Hazard.Severity;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.planner.plan.Step;
import java.util.List;
import java.util.stream.Stream;

/** A lock that stops writes of a table which nobody named. */
final class LocksOtherTable implements HazardCheck {

  private static final Danger DANGER = Danger.byTraffic("locks-other-table", Severity.WARNING);

  @Override
  public Danger danger() {
    return DANGER;
  }

  @Override
  public List<Hazard> in(Scene scene) {
    return scene.stages().stream()
        .flatMap(stage -> stage.steps().stream().flatMap(step -> of(scene, stage.name(), step)))
        .distinct()
        .toList();
  }

  private static Stream<Hazard> of(Scene scene, StageName stage, Step step) {
    return step.lock().blocksWrites()
        ? step.tables().stream()
            .filter(table -> !scene.named().contains(table) && !scene.isMade(table))
            .map(table -> hazard(scene, stage, step, table))
        : Stream.empty();
  }

  private static Hazard hazard(Scene scene, StageName stage, Step step, TableName table) {
    return DANGER.at(
        scene.weight(table),
        table,
        "%s locks this table too (%s, %s), which the change does not name"
            .formatted(stage.word(), step.lock().sql(), step.kind()),
        "Tell whoever looks after it; a long transaction on it keeps the stage waiting, and nobody"
            + " else.");
  }
}
