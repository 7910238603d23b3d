package dev.gatefold.executor.rollout;

import dev.gatefold.planner.plan.StageName;

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
  /** The stage is undone. */
  UNDONE_EXPAND,
  UNDONE_BACKFILL,
  UNDONE_RETIRE,
  UNDONE_DROP;

  public static Move promote(StageName stage) {
    return switch (stage) {
      case EXPAND -> PROMOTE_EXPAND;
      case BACKFILL -> PROMOTE_BACKFILL;
      case RETIRE -> PROMOTE_RETIRE;
      case DROP -> PROMOTE_DROP;
    };
  }

  public static Move undone(StageName stage) {
    return switch (stage) {
      case EXPAND -> UNDONE_EXPAND;
      case BACKFILL -> UNDONE_BACKFILL;
      case RETIRE -> UNDONE_RETIRE;
      case DROP -> UNDONE_DROP;
    };
  }
}
