package dev.gatefold.executor.engine;

import dev.gatefold.backfill.range.BadRow;
import dev.gatefold.backfill.throttle.Throttle;
import dev.gatefold.backfill.verify.Findings;
import dev.gatefold.backfill.verify.Repair;
import dev.gatefold.backfill.verify.Restraint;
import dev.gatefold.backfill.verify.Verification;
import dev.gatefold.backfill.verify.VerificationJob;
import dev.gatefold.backfill.verify.Verifier;
import dev.gatefold.backfill.window.ServerClock;
import dev.gatefold.backfill.window.WindowThrottle;
import dev.gatefold.executor.database.ServerFacts;
import dev.gatefold.executor.database.Transaction;
import dev.gatefold.executor.rollout.Rollout.RowCounts;
import dev.gatefold.executor.store.PassTable;
import dev.gatefold.executor.store.PassTerms;
import dev.gatefold.executor.store.SyncStore.Made;
import dev.gatefold.planner.change.BackfillSettings;
import dev.gatefold.planner.change.ThrottleSettings;
import dev.gatefold.planner.plan.Step.VerifyRows;
import dev.gatefold.planner.plan.SyncMode;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Compares all rows of a table, and writes down what the pass is worth. It is never recorded as a
 * step that is done: what was right an hour ago says nothing about now. A pass that was stopped
 * goes on where it was as long as what was found right must have stayed so.
 */
public final class VerifyRunner {

  private final Shift shift;
  private final Optional<KeySink> keys;

  public VerifyRunner(Shift shift) {
    this(shift, Optional.empty());
  }

  /** {@code keys} wants the key of each row that differs. */
  public VerifyRunner(Shift shift, Optional<KeySink> keys) {
    this.shift = shift;
    this.keys = keys;
  }

  /** Runs a whole pass. */
  public StepResult run(VerifyRows step) throws SQLException, InterruptedException {
    return pass(
        step, false, (verifier, job, findings) -> verifier.run(shift.connection(), job, findings));
  }

  /** Runs a whole pass that repairs what it can. */
  StepResult repair(VerifyRows step, Repair repair) throws SQLException, InterruptedException {
    return pass(
        step,
        true,
        (verifier, job, findings) -> verifier.repair(shift.connection(), job, repair, findings));
  }

  private interface Work {
    Verification run(Verifier verifier, VerificationJob job, Findings findings)
        throws SQLException, InterruptedException;
  }

  private StepResult pass(VerifyRows step, boolean repairing, Work work)
      throws SQLException, InterruptedException {
    Optional<Made> made =
        shift.stores().syncs().find(shift.connection(), shift.id(), step.rows().oid());
    if (made.isEmpty() || !inPlace(made.get())) {
      return StepResult.Failed.because(
          "the sync of %s is not as it was made".formatted(step.rows().table()),
          "Look at the gate: gatefold promote names what was changed.");
    }
    String stamp = shift.stores().syncs().stamp(shift.connection(), made.get());
    VerificationJob job = job(step, made.get());
    PassTable passes =
        new PassTable(
            shift.id(),
            made.get().table(),
            PassTerms.of(shift.connection(), stamp, made.get(), job),
            repairing);
    tellWhyAnew(step, passes);
    keys.ifPresent(sink -> sink.begin(step.rows().table()));
    Verification outcome = steered(step, passes, work, job, repairing);
    if (outcome instanceof Verification.Verified verified) {
      return record(step, made.get(), stamp, passes, verified);
    }
    return outcome.match(new Results());
  }

  private Verification steered(
      VerifyRows step, PassTable passes, Work work, VerificationJob job, boolean repairing)
      throws SQLException, InterruptedException {
    try (Steering steering = Steering.of(shift);
        NeighbourWatch neighbours =
            NeighbourWatch.over(
                shift, heeded(step, steering.get(), repairing), step.rows().oid())) {
      Restraint restraint = restraint(step, steering, neighbours);
      return work.run(verifier(step, passes, restraint), job, findings());
    }
  }

  private VerificationJob job(VerifyRows step, Made made) throws SQLException {
    return new VerificationJob(
        step.rows(),
        step.mode(),
        made.everBoth(),
        ServerFacts.rowsEstimate(shift.connection(), step.rows().oid()),
        keys.isPresent());
  }

  private Findings findings() {
    return keys.<Findings>map(Told::new).orElse(Findings.NONE);
  }

  private record Told(KeySink sink) implements Findings {

    @Override
    public void differ(List<BadRow> rows) {
      sink.take(rows.stream().map(BadRow::key).toList());
    }

    @Override
    public void anew() {
      sink.anew();
    }
  }

  private void tellWhyAnew(VerifyRows step, PassTable passes) throws SQLException {
    Optional<String> objection = passes.objection(shift.connection());
    if (objection.isPresent()) {
      shift
          .stores()
          .history()
          .add(
              shift.connection(),
              shift.id(),
              "verifies-anew",
              "%s: %s".formatted(step.rows().table(), objection.get()));
    }
  }

  private Verifier verifier(VerifyRows step, PassTable passes, Restraint restraint)
      throws SQLException {
    long table = step.rows().oid();
    Verifier verifier = plain(step, passes, restraint);
    return shift.stores().feeds().find(shift.connection(), shift.id(), table).isPresent()
        ? verifier.looking(() -> shift.feeds().settling(shift.connection(), shift.id(), table))
        : verifier;
  }

  private Verifier plain(VerifyRows step, PassTable passes, Restraint restraint) {
    return new Verifier(
        shift.stores().leases().fence(shift.lease(), step.rows().oid(), step.mode()),
        passes,
        restraint,
        new RowsListener(shift, step),
        shift.timing(),
        shift.connections());
  }

  /**
   * Both ways it is no part of the backfill, and heeds only whom its reading itself disturbs; a
   * repair writes, and heeds whom a backfill would.
   */
  private static ThrottleSettings heeded(
      VerifyRows step, BackfillSettings settings, boolean repairing) {
    ThrottleSettings throttling = settings.throttling();
    return step.mode() == SyncMode.BOTH && !repairing ? throttling.forReading() : throttling;
  }

  private Restraint restraint(VerifyRows step, Steering steering, Throttle neighbours)
      throws SQLException {
    // Both ways it belongs to a stage whose gate was measured just now, or somebody waits for it:
    // what follows must not happen hours later because a window was closed.
    Throttle window =
        step.mode() == SyncMode.BOTH
            ? Throttle.OPEN
            : new WindowThrottle(
                () -> steering.get().window(),
                ServerClock.read(shift.connection(), shift.timing().ticker()));
    return new Restraint(
        Throttle.all(List.of(window, neighbours)), () -> steering.get().maxRowsPerSecond());
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
      VerifyRows step, Made made, String stamp, PassTable passes, Verification.Verified pass)
      throws SQLException {
    if (!inPlace(made) || !shift.stores().syncs().stamp(shift.connection(), made).equals(stamp)) {
      return StepResult.Failed.because(
          "the sync of %s was changed during the pass".formatted(step.rows().table()),
          "Run the same command again: the rows are compared anew.");
    }
    return Transaction.in(
        shift.connection(),
        () -> {
          passes.end(shift.connection());
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
    public StepResult unsettled(Verification.Unsettled outcome) {
      return StepResult.Failed.because(
          outcome.reason(), "What is in its way stands in gatefold evidence.");
    }

    @Override
    public StepResult stopped(Verification.Stopped outcome) {
      return StepResult.Failed.because(outcome.reason(), "Roll back and submit the change again.");
    }
  }
}
