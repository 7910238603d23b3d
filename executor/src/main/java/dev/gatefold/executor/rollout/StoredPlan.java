package dev.gatefold.executor.rollout;

import dev.gatefold.planner.plan.Plan;
import dev.gatefold.planner.plan.Stage;
import dev.gatefold.planner.plan.StageName;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A plan as the store hands it out: its stages at once, the whole of it when somebody asks, since
 * most commands only want to know what comes next.
 */
public record StoredPlan(List<StageName> stages, Supplier<Plan> whole) {

  public StoredPlan {
    stages = List.copyOf(stages);
  }

  /** A plan that is at hand. */
  public static StoredPlan of(Plan plan) {
    return new StoredPlan(plan.stages().stream().map(Stage::name).toList(), () -> plan);
  }

  /** The stage after the given one, or the first. */
  Optional<StageName> after(Optional<StageName> done) {
    return stages.stream()
        .filter(stage -> done.isEmpty() || stage.compareTo(done.get()) > 0)
        .findFirst();
  }
}
