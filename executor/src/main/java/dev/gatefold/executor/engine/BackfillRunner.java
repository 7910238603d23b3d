package dev.gatefold.executor.engine;

import dev.gatefold.backfill.BackfillOutcome;
import dev.gatefold.backfill.range.BadRow;
import dev.gatefold.executor.database.Transaction;
import dev.gatefold.executor.rollout.Rollout.RowCounts;
import dev.gatefold.executor.store.Subject;
import dev.gatefold.planner.plan.Step.BackfillRows;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Fills the new columns of a table. */
final class BackfillRunner {

  private final Shift shift;
  private final Subject subject;

  BackfillRunner(Shift shift) {
    this.shift = shift;
    this.subject = Subject.rollout(shift.id());
  }

  StepResult run(BackfillRows step) throws SQLException, InterruptedException {
    long table = step.rows().oid();
    if (!shift.stores().backfills().isBegun(shift.connection(), shift.id(), table)) {
      // Those that were kept before are looked at again with all others.
      shift.stores().badRows().forget(shift.connection(), subject, table);
    }
    BackfillOutcome outcome = filled(step);
    if (outcome instanceof BackfillOutcome.Finished finished) {
      List<BadRow> kept = shift.stores().badRows().list(shift.connection(), subject, table);
      if (!kept.isEmpty()) {
        return kept(step, finished.rows(), kept);
      }
      record(step, finished.rows());
    }
    return outcome.match(new Results());
  }

  private BackfillOutcome filled(BackfillRows step) throws SQLException, InterruptedException {
    FillOrder order =
        FillOrder.of(
            shift.connection(),
            shift.stores(),
            shift.rollout(),
            step,
            shift.stores().backfills().ownersFence(shift.lease(), step.rows().oid()));
    return new TableFill(shift.place(), shift.timing(), order).run(new RowsListener(shift, step));
  }

  private void record(BackfillRows step, long rows) throws SQLException {
    Transaction.run(
        shift.connection(),
        () -> {
          shift.stores().steps().record(shift.connection(), shift.id(), step.id());
          count(rows, rows);
        });
  }

  /** The next run reads all rows once more: it cannot know how the bad ones were mended. */
  private StepResult kept(BackfillRows step, long rows, List<BadRow> kept) throws SQLException {
    Connection connection = shift.connection();
    Transaction.run(
        connection,
        () -> {
          shift.stores().backfills().forget(connection, shift.id(), step.rows().oid());
          count(rows, Math.max(0, rows - kept.size()));
        });
    return new StepResult.Failed(
        "%d rows cannot be converted and were left as they are; all others are done"
            .formatted(kept.size()),
        kept,
        "Mend those rows with plain UPDATEs.");
  }

  private void count(long all, long done) throws SQLException {
    shift.stores().rollouts().count(shift.connection(), shift.id(), new RowCounts(all, done, 0));
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
