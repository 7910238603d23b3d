package dev.gatefold.executor.rollout;

import static dev.gatefold.executor.rollout.Move.BACK_TO_BACKFILL;
import static dev.gatefold.executor.rollout.Move.BACK_TO_EXPAND;
import static dev.gatefold.executor.rollout.Move.BACK_TO_RETIRE;
import static dev.gatefold.executor.rollout.Move.BACK_TO_START;
import static dev.gatefold.executor.rollout.Move.PLAN_DONE;
import static dev.gatefold.executor.rollout.Move.PROMOTE_BACKFILL;
import static dev.gatefold.executor.rollout.Move.PROMOTE_DROP;
import static dev.gatefold.executor.rollout.Move.PROMOTE_EXPAND;
import static dev.gatefold.executor.rollout.Move.PROMOTE_RETIRE;
import static dev.gatefold.executor.rollout.Move.REPLACE_PLAN;
import static dev.gatefold.executor.rollout.Move.ROLL_BACK;
import static dev.gatefold.executor.rollout.Move.STAGE_DONE;
import static dev.gatefold.executor.rollout.RolloutState.BACKFILLED;
import static dev.gatefold.executor.rollout.RolloutState.BACKFILLING;
import static dev.gatefold.executor.rollout.RolloutState.COMPLETED;
import static dev.gatefold.executor.rollout.RolloutState.DROPPING;
import static dev.gatefold.executor.rollout.RolloutState.EXPANDED;
import static dev.gatefold.executor.rollout.RolloutState.EXPANDING;
import static dev.gatefold.executor.rollout.RolloutState.PLANNED;
import static dev.gatefold.executor.rollout.RolloutState.RETIRED;
import static dev.gatefold.executor.rollout.RolloutState.RETIRING;
import static dev.gatefold.executor.rollout.RolloutState.ROLLED_BACK;
import static dev.gatefold.executor.rollout.RolloutState.ROLLING_BACK;

import java.util.List;
import java.util.Optional;

/** The state machine, as a table. Whatever is not in it is forbidden. */
public final class Transitions {

  /** From a state, by a move, to a state. */
  public record Transition(RolloutState from, Move move, RolloutState to) {}

  private static final List<Transition> TABLE =
      List.of(
          // Nothing has touched the tables yet, or nothing of it is left. After a rollback the
          // columns
          // are free for others: the change has to be planned, and to claim them, anew.
          new Transition(PLANNED, REPLACE_PLAN, PLANNED),
          new Transition(ROLLED_BACK, REPLACE_PLAN, PLANNED),
          new Transition(PLANNED, ROLL_BACK, ROLLED_BACK),

          // To the next stage that the plan has: which one that is, is the plan's to say. One that
          // only drops has nothing but a drop.
          new Transition(PLANNED, PROMOTE_EXPAND, EXPANDING),
          new Transition(PLANNED, PROMOTE_BACKFILL, BACKFILLING),
          new Transition(PLANNED, PROMOTE_RETIRE, RETIRING),
          new Transition(PLANNED, PROMOTE_DROP, DROPPING),
          new Transition(EXPANDED, PROMOTE_BACKFILL, BACKFILLING),
          new Transition(EXPANDED, PROMOTE_RETIRE, RETIRING),
          new Transition(EXPANDED, PROMOTE_DROP, DROPPING),
          new Transition(BACKFILLED, PROMOTE_RETIRE, RETIRING),
          new Transition(BACKFILLED, PROMOTE_DROP, DROPPING),
          new Transition(RETIRED, PROMOTE_DROP, DROPPING),

          // A promotion of the stage under way goes on where it stopped: killed, failed, paused.
          new Transition(EXPANDING, PROMOTE_EXPAND, EXPANDING),
          new Transition(BACKFILLING, PROMOTE_BACKFILL, BACKFILLING),
          new Transition(RETIRING, PROMOTE_RETIRE, RETIRING),
          new Transition(DROPPING, PROMOTE_DROP, DROPPING),

          // The end of a stage, and of the plan with its last one.
          new Transition(EXPANDING, STAGE_DONE, EXPANDED),
          new Transition(EXPANDING, PLAN_DONE, COMPLETED),
          new Transition(BACKFILLING, STAGE_DONE, BACKFILLED),
          new Transition(BACKFILLING, PLAN_DONE, COMPLETED),
          new Transition(RETIRING, STAGE_DONE, RETIRED),
          new Transition(RETIRING, PLAN_DONE, COMPLETED),
          new Transition(DROPPING, PLAN_DONE, COMPLETED),

          // Back, from anywhere that has touched the tables. What cannot be undone is a property of
          // the steps done so far, not of the state: dropping may still stand before its first
          // DROP,
          // and completed may be a change that was metadata only.
          new Transition(EXPANDING, ROLL_BACK, ROLLING_BACK),
          new Transition(EXPANDED, ROLL_BACK, ROLLING_BACK),
          new Transition(BACKFILLING, ROLL_BACK, ROLLING_BACK),
          new Transition(BACKFILLED, ROLL_BACK, ROLLING_BACK),
          new Transition(RETIRING, ROLL_BACK, ROLLING_BACK),
          new Transition(RETIRED, ROLL_BACK, ROLLING_BACK),
          new Transition(DROPPING, ROLL_BACK, ROLLING_BACK),
          new Transition(COMPLETED, ROLL_BACK, ROLLING_BACK),
          // A rollback that was stopped goes on, or is given up: the stage that was being undone
          // may
          // run again, for there may be no way back (a value that the old column cannot hold).
          new Transition(ROLLING_BACK, ROLL_BACK, ROLLING_BACK),
          new Transition(ROLLING_BACK, PROMOTE_EXPAND, EXPANDING),
          new Transition(ROLLING_BACK, PROMOTE_BACKFILL, BACKFILLING),
          new Transition(ROLLING_BACK, PROMOTE_RETIRE, RETIRING),
          new Transition(ROLLING_BACK, PROMOTE_DROP, DROPPING),

          // A stage undone leads to the state after the one that the plan has before it.
          new Transition(ROLLING_BACK, BACK_TO_START, ROLLED_BACK),
          new Transition(ROLLING_BACK, BACK_TO_EXPAND, EXPANDED),
          new Transition(ROLLING_BACK, BACK_TO_BACKFILL, BACKFILLED),
          new Transition(ROLLING_BACK, BACK_TO_RETIRE, RETIRED));

  private Transitions() {}

  /** The state after a move, or nothing where the move is forbidden. */
  public static Optional<RolloutState> after(RolloutState state, Move move) {
    return TABLE.stream()
        .filter(transition -> transition.from() == state && transition.move() == move)
        .map(Transition::to)
        .findFirst();
  }

  /** Every allowed pair, in the order of the table. */
  public static List<Transition> table() {
    return TABLE;
  }
}
