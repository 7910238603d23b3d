package dev.gatefold.executor.rollout;

import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.plan.Plan;
import dev.gatefold.planner.plan.StageName;
import java.time.Instant;
import java.util.Optional;

/**
 * One change on its way through one database.
 *
 * @param stage the stage under way or finished last; while rolling back, the stage that is undone
 * @param undoTo the state in which a rollback shall end
 * @param progress rows of the pass under way or finished last
 */
public record Rollout(
    long id,
    ChangeName change,
    RolloutState state,
    Optional<StageName> stage,
    Optional<RolloutState> undoTo,
    boolean paused,
    Optional<Failure> failure,
    StoredPlan stored,
    String file,
    RowCounts progress,
    Instant updatedAt) {

  /** Why the stage under way stopped. */
  public record Failure(String step, String reason) {}

  /**
   * Rows of a backfill or a verification.
   *
   * @param total an estimate while the pass is under way
   */
  public record RowCounts(long total, long done, long mismatches) {

    public RowCounts {
      // An estimate that was passed is no estimate any more.
      total = Math.max(total, done);
    }
  }

  /** The whole plan. */
  public Plan plan() {
    return stored.whole().get();
  }

  /** The stage that comes next, if any. */
  public Optional<StageName> next() {
    return switch (state) {
      case COMPLETED, ROLLING_BACK, ROLLED_BACK -> Optional.empty();
      case EXPANDING, BACKFILLING, RETIRING, DROPPING -> stage;
      case PLANNED, EXPANDED, BACKFILLED, RETIRED -> stored.after(state.stage());
    };
  }
}
