package dev.gatefold.executor.rollout;

import dev.gatefold.planner.plan.Phase;
import dev.gatefold.planner.plan.StageName;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a rollout stands. A word in -ing is under way, the others wait for a person or are final.
 */
public enum RolloutState {
  PLANNED,
  EXPANDING,
  EXPANDED,
  BACKFILLING,
  BACKFILLED,
  RETIRING,
  RETIRED,
  DROPPING,
  COMPLETED,
  ROLLING_BACK,
  ROLLED_BACK;

  /** The state in JSON, on the command line and in the store. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<RolloutState> of(String word) {
    for (RolloutState state : values()) {
      if (state.word().equals(word)) {
        return Optional.of(state);
      }
    }
    return Optional.empty();
  }

  /** Whether work is under way, or was when something stopped it. */
  public boolean underWay() {
    return switch (this) {
      case EXPANDING, BACKFILLING, RETIRING, DROPPING, ROLLING_BACK -> true;
      case PLANNED, EXPANDED, BACKFILLED, RETIRED, COMPLETED, ROLLED_BACK -> false;
    };
  }

  /** Whether the rollout is over: its columns are free for another change. */
  public boolean over() {
    return this == COMPLETED || this == ROLLED_BACK;
  }

  /** The stage that is under way or was finished last; empty before the first. */
  public Optional<StageName> stage() {
    return switch (this) {
      case PLANNED, ROLLING_BACK, ROLLED_BACK -> Optional.empty();
      case EXPANDING, EXPANDED -> Optional.of(StageName.EXPAND);
      case BACKFILLING, BACKFILLED -> Optional.of(StageName.BACKFILL);
      case RETIRING, RETIRED -> Optional.of(StageName.RETIRE);
      case DROPPING, COMPLETED -> Optional.of(StageName.DROP);
    };
  }

  public Optional<Phase> phase() {
    return stage().map(StageName::phase);
  }
}
