package dev.gatefold.executor.rollout;

import dev.gatefold.planner.plan.Phase;
import dev.gatefold.planner.plan.Plan;
import dev.gatefold.planner.plan.Stage;
import dev.gatefold.planner.plan.StageName;
import java.util.Optional;

/**
 * From when on a database serves the new shape, beside the old one or alone. The function {@code
 * gatefold.wants_direct_ddl} has the same rule, for those who cannot ask here.
 */
public final class Serving {

  private Serving() {}

  /** The first state in which it does; {@code planned} where the plan makes nothing. */
  public static RolloutState from(Plan plan) {
    if (plan.fed()) {
      return RolloutState.RETIRED;
    }
    Optional<StageName> making =
        plan.stages().stream()
            .map(Stage::name)
            .filter(stage -> stage.phase() != Phase.CONTRACT)
            .reduce((earlier, later) -> later);
    if (making.isEmpty()) {
      return RolloutState.PLANNED;
    }
    return plan.after(making).isEmpty()
        ? RolloutState.COMPLETED
        : Transitions.after(RolloutState.ROLLING_BACK, Move.backTo(making)).orElseThrow();
  }

  /** Whether it does in a state. */
  public static boolean in(RolloutState state, Plan plan) {
    return state != RolloutState.ROLLED_BACK
        && state != RolloutState.ROLLING_BACK
        && state.compareTo(from(plan)) >= 0;
  }
}
