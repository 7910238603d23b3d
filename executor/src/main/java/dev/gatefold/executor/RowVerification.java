package dev.gatefold.executor;

import dev.gatefold.executor.engine.Shift;
import dev.gatefold.executor.engine.StageEngine;
import dev.gatefold.executor.engine.StageEngine.Walk;
import dev.gatefold.executor.engine.StepResult;
import dev.gatefold.executor.engine.VerifyRunner;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.rollout.Rollout;
import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.planner.plan.Step;
import dev.gatefold.planner.plan.Step.VerifyRows;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Compares all rows on demand, in the shape that they have at that time. */
final class RowVerification {

  Outcome run(Shift shift, StageEngine engine) throws SQLException, InterruptedException {
    Rollout rollout = shift.rollout();
    Optional<StageName> source = source(rollout.state());
    if (source.isEmpty()) {
      return new Outcome.OutOfOrder(
          "%s is %s: there are no two filled columns to compare"
              .formatted(rollout.change(), rollout.state().word()),
          Answers.next(rollout));
    }
    List<VerifyRows> passes = passes(rollout, source.get());
    long rows = 0;
    for (int i = 0; i < passes.size(); i++) {
      VerifyRows pass = passes.get(i);
      shift.listener().started(source.get(), pass, i + 1, passes.size());
      StepResult result = new VerifyRunner(shift).run(pass);
      if (!result.isDone()) {
        return new Walks(shift, engine, "gatefold verify " + rollout.change())
            .unrecorded(new Walk(result, pass.id()));
      }
      rows +=
          shift
              .stores()
              .verifications()
              .last(shift.connection(), rollout.id(), pass.rows().oid())
              .orElseThrow()
              .rows();
    }
    return new Outcome.Done(
        "%d rows compared, none differs".formatted(rows), Answers.next(rollout));
  }

  /**
   * What would be lost on the way back although nobody can vouch for the sync; empty for nothing.
   */
  Optional<Outcome> differences(Shift shift, StageEngine engine)
      throws SQLException, InterruptedException {
    Optional<StageName> source = source(shift.rollout().state());
    if (source.isEmpty()) {
      return Optional.empty();
    }
    for (VerifyRows pass : passes(shift.rollout(), source.get())) {
      shift.listener().started(source.get(), pass, 1, 1);
      StepResult result = new VerifyRunner(shift).compare(pass);
      if (!result.isDone()) {
        return Optional.of(
            new Walks(shift, engine, "gatefold rollback " + shift.rollout().change())
                .unrecorded(new Walk(result, pass.id())));
      }
    }
    return Optional.empty();
  }

  /** The stage whose verification sees the columns under the names that they have now. */
  private static Optional<StageName> source(RolloutState state) {
    return switch (state) {
      case BACKFILLED, RETIRING -> Optional.of(StageName.RETIRE);
      case RETIRED, DROPPING -> Optional.of(StageName.DROP);
      case PLANNED, EXPANDING, EXPANDED, BACKFILLING, COMPLETED, ROLLING_BACK, ROLLED_BACK ->
          Optional.empty();
    };
  }

  private static List<VerifyRows> passes(Rollout rollout, StageName stage) {
    return rollout.plan().stage(stage).stream()
        .flatMap(planned -> planned.steps().stream())
        .flatMap(step -> verification(step).stream())
        .toList();
  }

  private static Optional<VerifyRows> verification(Step step) {
    return step instanceof VerifyRows rows ? Optional.of(rows) : Optional.empty();
  }
}
