package dev.gatefold.executor.engine;

import dev.gatefold.executor.ddl.StepLedger;
import dev.gatefold.planner.plan.Step;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

/** Runs one step of any kind, as an entry of the ledger. */
final class StepRunner {

  private final Shift shift;
  private final DataSource database;
  private final LockPolicy policy;
  private final StepLedger ledger;

  StepRunner(Shift shift, DataSource database, LockPolicy policy, StepLedger ledger) {
    this.shift = shift;
    this.database = database;
    this.policy = policy;
    this.ledger = ledger;
  }

  StepResult run(Step step) throws SQLException, InterruptedException {
    long began = shift.timing().ticker().nanos();
    long attempt = shift.stores().steps().nextAttempt(shift.connection(), shift.id());
    StepResult result = ledger.run(attempt, step.id(), step.match(new Works()), StepResult::isDone);
    if (result.isDone()) {
      shift.listener().done(step, Duration.ofNanos(shift.timing().ticker().nanos() - began));
    }
    return result;
  }

  private final class Works implements Step.Cases<StepLedger.Work<StepResult>> {

    @Override
    public StepLedger.Work<StepResult> briefDdl(Step.BriefDdl step) {
      return () -> new BriefDdlRunner(shift, policy).run(step);
    }

    @Override
    public StepLedger.Work<StepResult> onlineDdl(Step.OnlineDdl step) {
      return () -> new OnlineDdlRunner(shift, database).run(step);
    }

    @Override
    public StepLedger.Work<StepResult> backfillRows(Step.BackfillRows step) {
      return () -> new BackfillRunner(shift).run(step);
    }

    @Override
    public StepLedger.Work<StepResult> verifyRows(Step.VerifyRows step) {
      return () -> new VerifyRunner(shift).run(step);
    }
  }
}
