package dev.gatefold.executor.engine;

import dev.gatefold.executor.database.SqlState;
import dev.gatefold.executor.database.Transaction;
import dev.gatefold.executor.feed.FeedLateException;
import dev.gatefold.planner.plan.Step.BriefDdl;
import dev.gatefold.planner.plan.Sync;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;

/**
 * Runs metadata-only DDL: lock, look, change, record and commit in milliseconds, again and again
 * until the lock is granted within one short attempt.
 */
final class BriefDdlRunner {

  private final Shift shift;
  private final LockPolicy policy;
  private final TableLocks locks;
  private final StandbyQueries standbys;

  BriefDdlRunner(Shift shift, LockPolicy policy) {
    this.shift = shift;
    this.policy = policy;
    this.locks = new TableLocks(shift.connection(), policy, shift.timing().ticker());
    this.standbys = new StandbyQueries(shift);
  }

  StepResult run(BriefDdl step) throws SQLException, InterruptedException {
    long began = shift.timing().ticker().nanos();
    while (true) {
      String why;
      String who;
      try {
        // Anew before each attempt, and before anything is locked here: nobody waits for us while
        // standbys are asked. A query that begins there after this look is young when the lock is
        // replayed, and has the standby's own delay to end.
        Optional<String> queries = standbys.inTheWay(step);
        if (queries.isEmpty()) {
          FeedDrain feeds = new FeedDrain(shift, step);
          return feeds.around(() -> attempt(step, feeds));
        }
        Optional<StepResult> hindrance = Transaction.in(shift.connection(), shift::hindrance);
        if (hindrance.isPresent()) {
          return hindrance.get();
        }
        why = "replaying the lock would cancel queries";
        who = queries.get();
      } catch (SQLException e) {
        if (SqlState.of(e) == SqlState.LOST) {
          throw e;
        }
        if (SqlState.of(e) == SqlState.OTHER) {
          return StepResult.Failed.because(SqlState.sentence(e), "Mend that.");
        }
        why = e instanceof FeedLateException ? "the change feed is late" : "the lock is taken";
        who =
            e instanceof FeedLateException
                ? SqlState.sentence(e)
                : Holders.ofTables(shift.connection(), step.tables(), step.lock());
      }
      Duration waited = Duration.ofNanos(shift.timing().ticker().nanos() - began);
      if (waited.compareTo(policy.patience()) > 0) {
        return StepResult.Failed.because(
            "no lock within %d s: %s".formatted(waited.toSeconds(), who),
            "Wait for those sessions or end them.");
      }
      shift.listener().waiting(step, why + ": " + who);
      shift.timing().sleeper().sleep(policy.pause(shift.timing().random().nextDouble()));
    }
  }

  private StepResult attempt(BriefDdl step, FeedDrain feeds) throws SQLException {
    Optional<StepResult> hindrance = shift.hindrance();
    if (hindrance.isPresent()) {
      return hindrance.get();
    }
    locks.take(step.tables(), step.lock());
    // Under the lock: nobody can rename or drop between this look and the change.
    Optional<StepResult> broken = Preconditions.objection(shift.connection(), step.preconditions());
    if (broken.isPresent()) {
      return broken.get();
    }
    Optional<StepResult> objection = new SyncGuard(shift).objection(step);
    if (objection.isPresent()) {
      return objection.get();
    }
    Optional<StepResult> left = feeds.underLock();
    if (left.isPresent()) {
      return left.get();
    }
    execute(shift.connection(), step);
    for (Sync sync : step.syncs()) {
      shift.stores().syncs().record(shift.connection(), shift.id(), sync);
      shift.stores().feeds().record(shift.connection(), shift.id(), sync);
      shift.stores().recorders().record(shift.connection(), shift.id(), sync);
    }
    shift.stores().steps().record(shift.connection(), shift.id(), step.id());
    return new StepResult.Done();
  }

  private static void execute(Connection connection, BriefDdl step) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      // A trigger's condition is resolved now, and for good: no operator of the role's own path.
      statement.execute("SET LOCAL search_path TO pg_catalog, pg_temp");
      // Bodies of functions hold question marks and semicolons that are no parameters and no ends.
      statement.setEscapeProcessing(false);
      for (String sql : step.sql()) {
        statement.execute(sql);
      }
    }
  }
}
