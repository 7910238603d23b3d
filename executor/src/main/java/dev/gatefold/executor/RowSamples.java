package dev.gatefold.executor;

import dev.gatefold.backfill.verify.Sampler;
import dev.gatefold.backfill.verify.VerificationJob;
import dev.gatefold.executor.engine.Shift;
import dev.gatefold.executor.engine.StageEngine;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.store.SampleStore.Choice;
import dev.gatefold.planner.plan.Step.VerifyRows;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalLong;

/** Compares a few rows of each table of a change that waits, unless somebody has just done so. */
final class RowSamples {

  private RowSamples() {}

  /** Under the change's lock, so that no pass runs and no stage. */
  static void take(Shift shift) throws SQLException {
    if (shift.rollout().paused() || shift.rollout().state().underWay()) {
      return;
    }
    for (VerifyRows pass : RowPasses.bothWays(shift)) {
      boolean follows =
          shift.stores().feeds().find(shift.connection(), id(shift), pass.rows().oid()).isPresent();
      // Rows that were not followed yet would be taken for wrong ones.
      if (!follows
          && shift.stores().samples().isDue(shift.connection(), id(shift), pass.rows().oid())) {
        sample(shift, pass);
      }
    }
  }

  /** For whoever has nothing else to do. */
  static Outcome alone(Shift shift, StageEngine engine) throws SQLException {
    take(shift);
    return new Outcome.Done("", "");
  }

  private static void sample(Shift shift, VerifyRows pass) throws SQLException {
    long table = pass.rows().oid();
    Optional<Choice> choice =
        shift
            .stores()
            .samples()
            .choose(shift.connection(), id(shift), table, shift.timing().random());
    if (choice.isEmpty()) {
      return;
    }
    Sampler sampler =
        new Sampler(
            shift.stores().leases().fence(shift.lease(), table, pass.mode()),
            new VerificationJob(pass.rows(), pass.mode(), true, OptionalLong.empty()));
    Sampler.Log log =
        (connection, range, tally) ->
            shift.stores().samples().record(connection, id(shift), table, range, tally);
    if (choice.get().range().isPresent()) {
      sampler.range(shift.connection(), choice.get().range().get(), log);
    } else {
      sampler.behind(shift.connection(), choice.get().end(), log);
    }
  }

  private static long id(Shift shift) {
    return shift.rollout().id();
  }
}
