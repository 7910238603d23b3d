package dev.gatefold.executor.trial;

import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.planner.plan.Plan;
import dev.gatefold.planner.plan.StageName;
import java.util.EnumSet;
import java.util.Set;

/** Which version of an application writes. */
public enum Version {
  /** Knows the old shape only. */
  OLD,
  /** Knows the new shape only. */
  NEW;

  /** Those that may be about in a state, by the rule that the plan's deploys follow. */
  static Set<Version> in(RolloutState state, Plan plan) {
    boolean contracts =
        plan.stage(StageName.RETIRE).isPresent() || plan.stage(StageName.DROP).isPresent();
    boolean fills = plan.stage(StageName.BACKFILL).isPresent();
    return switch (state) {
      case PLANNED, EXPANDING, BACKFILLING, ROLLED_BACK -> EnumSet.of(OLD);
      case EXPANDED -> fills ? EnumSet.of(OLD) : EnumSet.allOf(Version.class);
      case BACKFILLED -> plan.fed() ? EnumSet.of(OLD) : EnumSet.allOf(Version.class);
      case RETIRING, RETIRED, DROPPING -> EnumSet.of(NEW);
      case COMPLETED -> contracts ? EnumSet.of(NEW) : EnumSet.allOf(Version.class);
      case ROLLING_BACK -> EnumSet.noneOf(Version.class);
    };
  }
}
