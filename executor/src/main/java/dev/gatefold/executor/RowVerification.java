package dev.gatefold.executor;

import dev.gatefold.backfill.verify.Repair.Side;
import dev.gatefold.executor.engine.RepairRunner;
import dev.gatefold.executor.engine.RepairRunner.Repaired;
import dev.gatefold.executor.engine.Shift;
import dev.gatefold.executor.engine.StageEngine;
import dev.gatefold.executor.engine.StageEngine.Walk;
import dev.gatefold.executor.engine.StepResult;
import dev.gatefold.executor.engine.VerifyRunner;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.rollout.Rollout;
import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.planner.plan.Step.VerifyRows;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Compares all rows on demand, in the shape that they have at that time, and repairs them. */
final class RowVerification {

  private final VerificationOrder order;

  RowVerification(VerificationOrder order) {
    this.order = order;
  }

  Outcome run(Shift shift, StageEngine engine) throws SQLException, InterruptedException {
    Rollout rollout = shift.rollout();
    List<VerifyRows> passes = RowPasses.now(shift);
    if (passes.isEmpty() && !mayHaveNothingToCompare(rollout.state())) {
      return new Outcome.OutOfOrder(
          "%s is %s: there are no two filled columns to compare"
              .formatted(rollout.change(), rollout.state().word()),
          Answers.next(rollout));
    }
    if (!order.repair()) {
      Optional<Outcome> hindrance = compare(shift, engine, passes, "gatefold verify ");
      return hindrance.isPresent() ? hindrance.get() : done(shift, passes, "");
    }
    Optional<Outcome> refusal =
        RepairRefusal.of(
            rollout,
            passes,
            shift.stores().feeds().list(shift.connection(), rollout.id()),
            order.from());
    return refusal.isPresent() ? refusal.get() : repair(shift, engine, passes);
  }

  /** Where there are two shapes of whatever has two; a change of other things has none. */
  private static boolean mayHaveNothingToCompare(RolloutState state) {
    return switch (state) {
      case BACKFILLED, RETIRING, RETIRED, DROPPING -> true;
      case PLANNED, EXPANDING, EXPANDED, BACKFILLING, COMPLETED, ROLLING_BACK, ROLLED_BACK -> false;
    };
  }

  /**
   * What would be lost on the way back although nobody can vouch for the sync; empty for nothing.
   */
  static Optional<Outcome> differences(Shift shift, StageEngine engine)
      throws SQLException, InterruptedException {
    return new RowVerification(VerificationOrder.COMPARE)
        .compare(shift, engine, RowPasses.bothWays(shift), "gatefold rollback ");
  }

  private Optional<Outcome> compare(
      Shift shift, StageEngine engine, List<VerifyRows> passes, String command)
      throws SQLException, InterruptedException {
    for (int i = 0; i < passes.size(); i++) {
      VerifyRows pass = passes.get(i);
      shift.listener().started(StageName.RETIRE, pass, i + 1, passes.size());
      StepResult result = new VerifyRunner(shift, order.keys()).run(pass);
      if (!result.isDone()) {
        return Optional.of(stopped(shift, engine, pass, result, command));
      }
    }
    return Optional.empty();
  }

  /** All tables, also where rows of one of them cannot be repaired. */
  private Outcome repair(Shift shift, StageEngine engine, List<VerifyRows> passes)
      throws SQLException, InterruptedException {
    Side from = order.from().orElse(Side.OLD);
    VerifyRunner runner = new VerifyRunner(shift, order.keys());
    RepairTotal total = new RepairTotal(from);
    for (int i = 0; i < passes.size(); i++) {
      VerifyRows pass = passes.get(i);
      shift.listener().started(StageName.RETIRE, pass, i + 1, passes.size());
      Repaired repaired = new RepairRunner(shift, from).run(pass, runner);
      total.add(repaired);
      if (!repaired.result().isDone() && !(repaired.result() instanceof StepResult.Differs)) {
        return stopped(shift, engine, pass, repaired.result(), again(from));
      }
    }
    Optional<Outcome> left = total.differences(again(from) + shift.rollout().change());
    return left.isPresent() ? left.get() : done(shift, passes, total.words() + ", ");
  }

  private static String again(Side from) {
    return "gatefold verify --repair --from %s ".formatted(from.name().toLowerCase(Locale.ROOT));
  }

  private static Outcome stopped(
      Shift shift, StageEngine engine, VerifyRows pass, StepResult result, String command) {
    return new Walks(shift, engine, command + shift.rollout().change())
        .unrecorded(new Walk(result, pass.id()));
  }

  private static Outcome done(Shift shift, List<VerifyRows> passes, String repaired)
      throws SQLException {
    long rows = 0;
    for (VerifyRows pass : passes) {
      rows +=
          shift
              .stores()
              .verifications()
              .last(shift.connection(), shift.rollout().id(), pass.rows().oid())
              .orElseThrow()
              .rows();
    }
    return new Outcome.Done(
        "%d rows compared, %snone differs".formatted(rows, repaired),
        Answers.next(shift.rollout()));
  }
}
