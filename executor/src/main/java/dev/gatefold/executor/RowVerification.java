package dev.gatefold.executor;

import dev.gatefold.executor.engine.Shift;
import dev.gatefold.executor.engine.StageEngine;
import dev.gatefold.executor.engine.StageEngine.Walk;
import dev.gatefold.executor.engine.StepResult;
import dev.gatefold.executor.engine.SyncSteps;
import dev.gatefold.executor.engine.VerifyRunner;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.rollout.Rollout;
import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.executor.store.SyncStore.Made;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.planner.plan.Step;
import dev.gatefold.planner.plan.Step.VerifyRows;
import dev.gatefold.planner.plan.SyncMode;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Compares all rows on demand, in the shape that they have at that time. */
final class RowVerification {

  Outcome run(Shift shift, StageEngine engine) throws SQLException, InterruptedException {
    Rollout rollout = shift.rollout();
    if (!isComparable(rollout.state())) {
      return new Outcome.OutOfOrder(
          "%s is %s: there are no two filled columns to compare"
              .formatted(rollout.change(), rollout.state().word()),
          Answers.next(rollout));
    }
    List<VerifyRows> passes = passes(shift);
    Optional<Outcome> hindrance = compare(shift, engine, passes, "gatefold verify ");
    if (hindrance.isPresent()) {
      return hindrance.get();
    }
    long rows = 0;
    for (VerifyRows pass : passes) {
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
    return compare(shift, engine, passes(shift), "gatefold rollback ");
  }

  private static Optional<Outcome> compare(
      Shift shift, StageEngine engine, List<VerifyRows> passes, String command)
      throws SQLException, InterruptedException {
    for (int i = 0; i < passes.size(); i++) {
      VerifyRows pass = passes.get(i);
      shift.listener().started(StageName.RETIRE, pass, i + 1, passes.size());
      StepResult result = new VerifyRunner(shift).run(pass);
      if (!result.isDone()) {
        return Optional.of(
            new Walks(shift, engine, command + shift.rollout().change())
                .unrecorded(new Walk(result, pass.id())));
      }
    }
    return Optional.empty();
  }

  private static boolean isComparable(RolloutState state) {
    return switch (state) {
      case BACKFILLED, RETIRING, RETIRED, DROPPING -> true;
      case PLANNED, EXPANDING, EXPANDED, BACKFILLING, COMPLETED, ROLLING_BACK, ROLLED_BACK -> false;
    };
  }

  /** For each table in step both ways, the pass that sees its columns under the names of now. */
  private static List<VerifyRows> passes(Shift shift) throws SQLException {
    List<VerifyRows> passes = new ArrayList<>();
    SyncSteps sync = SyncSteps.of(shift);
    for (Made made : shift.stores().syncs().list(shift.connection(), shift.rollout().id())) {
      if (made.mode() == SyncMode.BOTH) {
        StageName stage = isSwapped(shift, made, sync) ? StageName.DROP : StageName.RETIRE;
        steps(shift, stage)
            .flatMap(step -> verification(step).stream())
            .filter(pass -> pass.rows().oid() == made.table())
            .forEach(passes::add);
      }
    }
    return passes;
  }

  private static boolean isSwapped(Shift shift, Made made, SyncSteps sync) {
    return shift.rollout().plan().stage(StageName.RETIRE).stream()
        .flatMap(stage -> sync.inForce(stage, made.table()))
        .findAny()
        .isPresent();
  }

  private static Stream<Step> steps(Shift shift, StageName stage) {
    return shift.rollout().plan().stage(stage).stream()
        .flatMap(planned -> planned.steps().stream());
  }

  private static Optional<VerifyRows> verification(Step step) {
    return step instanceof VerifyRows rows ? Optional.of(rows) : Optional.empty();
  }
}
