package dev.gatefold.planner;

import dev.gatefold.planner.change.Change;
import dev.gatefold.planner.change.NamedTables;
import dev.gatefold.planner.hazard.Hazards;
import dev.gatefold.planner.hazard.Scene;
import dev.gatefold.planner.plan.Plan;
import dev.gatefold.planner.plan.Plan.Claim;
import dev.gatefold.planner.plan.Planning;
import dev.gatefold.planner.plan.Refusal;
import dev.gatefold.planner.plan.Refusal.Reason;
import dev.gatefold.planner.plan.Stage;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.planner.schema.Schema;
import dev.gatefold.planner.straight.StraightStage;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A plan of one stage, by plain DDL. */
final class StraightPlan {

  private StraightPlan() {}

  static Planning of(
      Schema schema, Change change, StraightStage straight, Collection<Claim> claims) {
    List<Reason> reasons = straight.reasons();
    if (!reasons.isEmpty()) {
      return new Refusal(reasons);
    }
    List<Stage> stages = List.of(straight.stage());
    Scene scene =
        new Scene(
            schema,
            change.operations().stream().flatMap(NamedTables::of).collect(Collectors.toSet()),
            List.of(),
            List.of(Scene.Work.of(StageName.EXPAND, false, stages.get(0).steps())),
            List.of(),
            stages);
    return new Plan(
        change.name(),
        change.backfill(),
        stages,
        List.copyOf(claims),
        Hazards.of(scene),
        straight.deploys(),
        List.of(),
        Optional.of(Surveys.of(schema)));
  }
}
