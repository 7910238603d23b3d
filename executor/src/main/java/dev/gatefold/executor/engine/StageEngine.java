package dev.gatefold.executor.engine;

import dev.gatefold.executor.database.Transaction;
import dev.gatefold.executor.ddl.StepLedger;
import dev.gatefold.executor.rollout.Rollout.Failure;
import dev.gatefold.executor.store.FeedLook;
import dev.gatefold.executor.store.Notice;
import dev.gatefold.executor.store.Subject;
import dev.gatefold.executor.store.SyncStore.Made;
import dev.gatefold.executor.store.SyncStore.Standing;
import dev.gatefold.planner.plan.Stage;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.planner.plan.Step;
import dev.gatefold.planner.plan.SyncMode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;

/**
 * Walks the steps of a stage, forwards or back. Where it goes on after a crash is the first step
 * that the record does not show as done.
 */
public final class StageEngine {

  private final Shift shift;
  private final StepRunner runner;

  /** {@code database} opens further connections beside the one that the shift works on. */
  public StageEngine(Shift shift, DataSource database, LockPolicy policy, StepLedger ledger) {
    this.shift = shift;
    this.runner = new StepRunner(shift, database, policy, ledger);
  }

  /** How a walk ended, and at which step. */
  public record Walk(StepResult result, String lastStep) {}

  /** Runs every step that is not done yet. */
  public Walk run(Stage stage) throws SQLException, InterruptedException {
    Set<String> done = done();
    List<Step> steps = stage.steps();
    for (int i = 0; i < steps.size(); i++) {
      if (!isBehind(steps, i, done)) {
        if (Thread.interrupted()) {
          throw new InterruptedException("the stage is interrupted between two steps");
        }
        Walk walk = one(stage.name(), steps.get(i), i + 1, steps.size());
        if (!walk.result().isDone()) {
          return walk;
        }
      }
    }
    return new Walk(new StepResult.Done(), "");
  }

  /**
   * Whether a step needs no run any more. A verification does unless the table has gone on behind
   * it: then its columns may have other names by now.
   */
  private static boolean isBehind(List<Step> steps, int index, Set<String> done) {
    Step step = steps.get(index);
    return step instanceof Step.VerifyRows
        ? steps.subList(index + 1, steps.size()).stream()
            .anyMatch(
                later -> done.contains(later.id()) && later.tables().containsAll(step.tables()))
        : done.contains(step.id());
  }

  /** Takes back every step that was done, last first, and whatever an unfinished one left. */
  public Walk undo(Stage stage) throws SQLException, InterruptedException {
    List<Step> steps = new ArrayList<>(stage.steps());
    Set<String> done = done();
    Optional<Step> unfinished =
        steps.stream()
            .filter(step -> !(step instanceof Step.VerifyRows) && !done.contains(step.id()))
            .findFirst()
            .filter(step -> !step.transactional());
    Collections.reverse(steps);
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      // Those after the unfinished one never began: to undo one would make what is there already.
      if (done.contains(step.id()) || unfinished.equals(Optional.of(step))) {
        Walk walk = undo(stage.name(), step, i + 1, steps.size());
        if (!walk.result().isDone()) {
          return walk;
        }
      }
    }
    if (stage.name() == StageName.BACKFILL) {
      shift.stores().backfills().forget(shift.connection(), shift.id());
      shift.stores().speeds().forget(shift.connection(), Subject.rollout(shift.id()));
      shift.stores().badRows().forget(shift.connection(), Subject.rollout(shift.id()));
    }
    return new Walk(new StepResult.Done(), "");
  }

  private Walk undo(StageName stage, Step step, int number, int of)
      throws SQLException, InterruptedException {
    List<String> ids = new ArrayList<>(List.of(step.id()));
    List<Step> begun = new ArrayList<>();
    for (Step undo : step.undo().steps()) {
      ids.add(undo.id());
      if (!done().contains(undo.id())) {
        Walk walk = one(stage, undo, number, of);
        if (!walk.result().isDone()) {
          return walk.result() instanceof StepResult.Failed ? withdrawn(stage, begun, walk) : walk;
        }
      }
      begun.add(0, undo);
    }
    // Step and undo are forgotten together: the step may be done and undone once more.
    shift.stores().steps().forget(shift.connection(), shift.id(), ids);
    return new Walk(new StepResult.Done(), "");
  }

  /**
   * An undo that cannot go on must not leave behind what its first steps built: a check or a unique
   * index on the old column would refuse writes that were right until then.
   */
  private Walk withdrawn(StageName stage, List<Step> begun, Walk failure)
      throws SQLException, InterruptedException {
    for (Step undo : begun) {
      for (Step back : undo.undo().steps()) {
        Walk walk = one(stage, back, 1, 1);
        if (!walk.result().isDone()) {
          return failure;
        }
        shift
            .stores()
            .steps()
            .forget(shift.connection(), shift.id(), List.of(back.id(), undo.id()));
      }
    }
    return failure;
  }

  /** Whether a two-way sync may have missed writes that nothing has looked for since. */
  public boolean isAnySuspicious() throws SQLException {
    for (Made made : twoWay()) {
      if (SyncGuard.isSuspicious(shift, made)) {
        return true;
      }
    }
    return false;
  }

  /** Makes each two-way sync anew that was dropped, disabled or changed. */
  public Walk repair(StageName stage) throws SQLException, InterruptedException {
    for (Made made : twoWay()) {
      if (isBroken(made)) {
        Walk walk = repair(stage, made);
        if (!walk.result().isDone()) {
          return walk;
        }
      }
    }
    return new Walk(new StepResult.Done(), "");
  }

  private Walk repair(StageName stage, Made made) throws SQLException, InterruptedException {
    Connection connection = shift.connection();
    // Before anything is made: whoever is killed in between, the next one compares the rows.
    shift.stores().syncs().missed(connection, shift.id(), made.table());
    shift.stores().feeds().repairing(connection, shift.id(), made.table());
    for (Step step : new SyncRepair(shift).steps(made)) {
      Walk walk = one(stage, step, 1, 1);
      if (!walk.result().isDone()) {
        return walk;
      }
      // It may be needed once more.
      shift.stores().steps().forget(connection, shift.id(), List.of(step.id()));
    }
    shift.stores().feeds().repaired(connection, shift.id(), made.table());
    return new Walk(new StepResult.Done(), "");
  }

  private boolean isBroken(Made made) throws SQLException {
    return shift.stores().syncs().standing(shift.connection(), shift.id(), made) == Standing.CHANGED
        || FeedLook.broken(shift.connection(), shift.id(), made.table()).isPresent();
  }

  private List<Made> twoWay() throws SQLException {
    return shift.stores().syncs().list(shift.connection(), shift.id()).stream()
        .filter(made -> made.mode() == SyncMode.BOTH)
        .toList();
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

  /**
   * Writes down why the stage stopped, for status and retry.
   *
   * @param rows which rows stand in the way; others are not told, for it is the users' data
   */
  public void failed(String step, String reason, String rows) throws SQLException {
    Connection connection = shift.connection();
    String told = "%s stopped at %s: %s".formatted(shift.rollout().change(), step, reason);
    Transaction.run(
        connection,
        () -> {
          shift.stores().rollouts().fail(connection, shift.id(), new Failure(step, reason + rows));
          shift
              .stores()
              .history()
              .add(connection, shift.id(), "failed", step + ": " + reason + rows);
          shift.stores().notifications().add(connection, shift.id(), Notice.failed(told));
        });
  }
}
