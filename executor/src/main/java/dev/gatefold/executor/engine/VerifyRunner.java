package dev.gatefold.executor.engine;

import dev.gatefold.backfill.verify.Verification;
import dev.gatefold.backfill.verify.VerificationJob;
import dev.gatefold.backfill.verify.Verifier;
import dev.gatefold.executor.database.ServerFacts;
import dev.gatefold.executor.database.Transaction;
import dev.gatefold.executor.rollout.Rollout.RowCounts;
import dev.gatefold.executor.store.SyncStore.Made;
import dev.gatefold.executor.store.VerificationStore.Pass;
import dev.gatefold.planner.plan.Step.VerifyRows;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/**
 * Compares all rows of a table, and writes down what the pass is worth. It is never recorded as a
 * step that is done: what was right an hour ago says nothing about now.
 */
public final class VerifyRunner {

  private final Shift shift;

  public VerifyRunner(Shift shift) {
    this.shift = shift;
  }

  /** Runs a whole pass. */
  public StepResult run(VerifyRows step) throws SQLException, InterruptedException {
    Optional<Made> made =
        shift.stores().syncs().find(shift.connection(), shift.id(), step.rows().oid());
    if (made.isEmpty() || !inPlace(made.get())) {
      return StepResult.Failed.because(
          "the sync of %s is not as it was made".formatted(step.rows().table()),
          "Look at the gate: gatefold promote names what was changed.");
    }
    Instant began = shift.stores().verifications().serverTime(shift.connection());
    String stamp = shift.stores().syncs().stamp(shift.connection(), made.get());
    Verification outcome = pass(step, made.get().everBoth());
    if (outcome instanceof Verification.Verified verified) {
      return record(step, made.get(), began, stamp, verified);
    }
    return outcome.match(new Results());
  }

  private Verification pass(VerifyRows step, boolean everBoth)
      throws SQLException, InterruptedException {
    Verifier verifier =
        new Verifier(
            connection ->
                shift
                    .stores()
                    .leases()
                    .check(connection, shift.lease(), step.rows().oid(), step.mode()),
            new RowsListener(shift, step),
            shift.timing(),
            shift.connections());
    return verifier.run(
        shift.connection(),
        new VerificationJob(
            step.rows(),
            step.mode(),
            everBoth,
            ServerFacts.rowsEstimate(shift.connection(), step.rows().oid())));
  }

  /** The pass says nothing unless the sync stood unchanged from before its begin to its end. */
  private boolean inPlace(Made made) throws SQLException {
    return shift
        .stores()
        .syncs()
        .fingerprint(shift.connection(), made.table(), made.triggers())
        .equals(made.fingerprint());
  }

  private StepResult record(
      VerifyRows step, Made made, Instant began, String stamp, Verification.Verified pass)
      throws SQLException {
    if (!inPlace(made) || !shift.stores().syncs().stamp(shift.connection(), made).equals(stamp)) {
      return StepResult.Failed.because(
          "the sync of %s was changed during the pass".formatted(step.rows().table()),
          "Run the same command again: the rows are compared anew.");
    }
    return Transaction.in(
        shift.connection(),
        () -> {
          shift
              .stores()
              .verifications()
              .record(
                  shift.connection(),
                  shift.id(),
                  new Pass(made.table(), began, pass.rows(), pass.mismatches(), stamp));
          shift
              .stores()
              .rollouts()
              .count(
                  shift.connection(),
                  shift.id(),
                  new RowCounts(pass.rows(), pass.rows(), pass.mismatches()));
          return pass.match(new Results());
        });
  }

  private static final class Results implements Verification.Cases<StepResult> {

    @Override
    public StepResult verified(Verification.Verified outcome) {
      return outcome.mismatches() == 0
          ? new StepResult.Done()
          : new StepResult.Differs(outcome.mismatches(), outcome.first());
    }

    @Override
    public StepResult paused(Verification.Paused outcome) {
      return new StepResult.Paused(outcome.reason());
    }

    @Override
    public StepResult ownerLost(Verification.OwnerLost outcome) {
      return new StepResult.OwnerLost(outcome.reason());
    }

    @Override
    public StepResult stopped(Verification.Stopped outcome) {
      return StepResult.Failed.because(outcome.reason(), "Roll back and submit the change again.");
    }
  }
}
