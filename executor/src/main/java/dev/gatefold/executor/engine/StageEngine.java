package dev.gatefold.executor.engine;

import dev.gatefold.executor.ddl.StepLedger;
import dev.gatefold.executor.rollout.Rollout.Failure;
import dev.gatefold.executor.store.CheckpointTable;
import dev.gatefold.planner.plan.Stage;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.planner.plan.Step;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * Walks the steps of a stage, forwards or back. Where it goes on after a crash is the first step
 * that the record does not show as done.
 */
public final class StageEngine {

  private final Shift shift;
  private final StepRunner runner;

  public StageEngine(Shift shift, LockPolicy policy, StepLedger ledger) {
    this.shift = shift;
    this.runner = new StepRunner(shift, policy, ledger);
  }

  /** How a walk ended, and at which step. */
  public record Walk(StepResult result, String lastStep) {}

  /** Runs every step that is not done yet. */
  public Walk run(Stage stage) throws SQLException, InterruptedException {
    Set<String> done = done();
    List<Step> steps = stage.steps();
    for (int i = 0; i < steps.size(); i++) {
      if (!done.contains(steps.get(i).id())) {
        Walk walk = one(stage.name(), steps.get(i), i + 1, steps.size());
        if (!walk.result().isDone()) {
          return walk;
        }
      }
    }
    return new Walk(new StepResult.Done(), "");
  }

  /** Takes back every step that was done, last first, and whatever an unfinished one left. */
  public Walk undo(Stage stage) throws SQLException, InterruptedException {
    List<Step> steps = new ArrayList<>(stage.steps());
    Collections.reverse(steps);
    Set<String> done = done();
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      if (done.contains(step.id()) || !step.transactional()) {
        Walk walk = undo(stage.name(), step, i + 1, steps.size());
        if (!walk.result().isDone()) {
          return walk;
        }
      }
    }
    if (stage.name() == StageName.BACKFILL) {
      CheckpointTable.forget(shift.connection(), shift.id());
    }
    return new Walk(new StepResult.Done(), "");
  }

  private Walk undo(StageName stage, Step step, int number, int of)
      throws SQLException, InterruptedException {
    List<String> ids = new ArrayList<>(List.of(step.id()));
    for (Step undo : step.undo().steps()) {
      ids.add(undo.id());
      if (!done().contains(undo.id())) {
        Walk walk = one(stage, undo, number, of);
        if (!walk.result().isDone()) {
          return walk;
        }
      }
    }
    // Step and undo are forgotten together: the step may be done and undone once more.
    shift.stores().steps().forget(shift.connection(), shift.id(), ids);
    return new Walk(new StepResult.Done(), "");
  }

  private Walk one(StageName stage, Step step, int number, int of)
      throws SQLException, InterruptedException {
    shift.listener().started(stage, step, number, of);
    StepResult result = runner.run(step);
    if (result.isDone()) {
      shift.stores().history().add(shift.connection(), shift.id(), "step-done", step.id());
    }
    return new Walk(result, step.id());
  }

  private Set<String> done() throws SQLException {
    return shift.stores().steps().done(shift.connection(), shift.id());
  }

  /** Writes down why the stage stopped, for status and retry. */
  public void failed(String step, String reason) throws SQLException {
    shift.stores().rollouts().fail(shift.connection(), shift.id(), new Failure(step, reason));
    shift.stores().history().add(shift.connection(), shift.id(), "failed", step + ": " + reason);
  }
}
