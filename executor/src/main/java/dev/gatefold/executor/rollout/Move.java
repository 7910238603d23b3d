package dev.gatefold.executor.rollout;

import dev.gatefold.planner.plan.StageName;
import java.util.Optional;

/** What may happen to a rollout. */
public enum Move {
  /** A changed file replaces the plan. */
  REPLACE_PLAN,
  PROMOTE_EXPAND,
  PROMOTE_BACKFILL,
  PROMOTE_RETIRE,
  PROMOTE_DROP,
  /** The last step of a stage is done, and another stage follows. */
  STAGE_DONE,
  /** The last step of the last stage is done. */
  PLAN_DONE,
  ROLL_BACK,
  /** A stage is undone, and nothing or another stage stood before it. */
  BACK_TO_START,
  BACK_TO_EXPAND,
  BACK_TO_BACKFILL,
  BACK_TO_RETIRE;

  public static Move promote(StageName stage) {
    return switch (stage) {
      case EXPAND -> PROMOTE_EXPAND;
      case BACKFILL -> PROMOTE_BACKFILL;
      case RETIRE -> PROMOTE_RETIRE;
      case DROP -> PROMOTE_DROP;
    };
  }

  /** The end of an undo, by the stage before the one that is undone. */
  public static Move backTo(Optional<StageName> before) {
    return before
        .map(
            stage ->
                switch (stage) {
                  case EXPAND -> BACK_TO_EXPAND;
                  case BACKFILL -> BACK_TO_BACKFILL;
                  case RETIRE -> BACK_TO_RETIRE;
                  case DROP -> throw new IllegalArgumentException("no stage comes after drop");
                })
        .orElse(BACK_TO_START);
  }
}
