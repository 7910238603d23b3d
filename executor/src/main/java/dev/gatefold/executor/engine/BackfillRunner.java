package dev.gatefold.executor.engine;

import dev.gatefold.backfill.Backfill;
import dev.gatefold.backfill.BackfillJob;
import dev.gatefold.backfill.BackfillOutcome;
import dev.gatefold.backfill.Conditions;
import dev.gatefold.backfill.Desk;
import dev.gatefold.backfill.lease.BackfillOwner;
import dev.gatefold.backfill.lease.RangeLedger;
import dev.gatefold.executor.database.OwnProcess;
import dev.gatefold.executor.database.ServerFacts;
import dev.gatefold.executor.database.Transaction;
import dev.gatefold.executor.rollout.Rollout.RowCounts;
import dev.gatefold.executor.store.Subject;
import dev.gatefold.executor.store.SyncStore;
import dev.gatefold.planner.plan.Step.BackfillRows;
import java.sql.SQLException;

/** Fills the new columns of a table. */
final class BackfillRunner {

  private final Shift shift;

  BackfillRunner(Shift shift) {
    this.shift = shift;
  }

  StepResult run(BackfillRows step) throws SQLException, InterruptedException {
    long table = step.rows().oid();
    Backfill backfill =
        new Backfill(
            new Desk(
                new RangeLedger(
                    BackfillOwner.rollout(shift.id()),
                    step.rows(),
                    OwnProcess.words(),
                    RangeLedger.LEASE),
                shift.stores().backfills().ownersFence(shift.lease(), table)),
            Conditions.always(shift.rollout().plan().backfill()),
            new RowsListener(shift, step),
            shift.timing());
    BackfillOutcome outcome = backfill.run(shift.connection(), shift.connections(), job(step));
    if (outcome instanceof BackfillOutcome.Finished finished) {
      record(step, finished.rows());
    }
    return outcome.match(new Results());
  }

  private BackfillJob job(BackfillRows step) throws SQLException {
    boolean everBoth =
        shift
            .stores()
            .syncs()
            .find(shift.connection(), shift.id(), step.rows().oid())
            .map(SyncStore.Made::everBoth)
            .orElse(false);
    return new BackfillJob(
        step.rows(),
        shift
            .stores()
            .paces()
            .over(
                shift.connection(), Subject.rollout(shift.id()), shift.rollout().plan().backfill()),
        everBoth,
        ServerFacts.maySkipTriggers(shift.connection()),
        ServerFacts.rowsEstimate(shift.connection(), step.rows().oid()));
  }

  private void record(BackfillRows step, long rows) throws SQLException {
    Transaction.run(
        shift.connection(),
        () -> {
          shift.stores().steps().record(shift.connection(), shift.id(), step.id());
          shift
              .stores()
              .rollouts()
              .count(shift.connection(), shift.id(), new RowCounts(rows, rows, 0));
        });
  }

  private static final class Results implements BackfillOutcome.Cases<StepResult> {

    @Override
    public StepResult finished(BackfillOutcome.Finished outcome) {
      return new StepResult.Done();
    }

    @Override
    public StepResult paused(BackfillOutcome.Paused outcome) {
      return new StepResult.Paused(outcome.reason());
    }

    @Override
    public StepResult ownerLost(BackfillOutcome.OwnerLost outcome) {
      return new StepResult.OwnerLost(outcome.reason());
    }

    @Override
    public StepResult unconvertible(BackfillOutcome.Unconvertible outcome) {
      return new StepResult.Failed(
          "rows of this batch that the mapping cannot convert (others may follow)",
          outcome.rows(),
          "Mend those rows with plain UPDATEs, or change \"up\" and submit again after a rollback.");
    }

    @Override
    public StepResult stopped(BackfillOutcome.Stopped outcome) {
      return StepResult.Failed.because(outcome.reason(), "Roll back and submit the change again.");
    }
  }
}
