package dev.gatefold.executor.engine;

import dev.gatefold.backfill.range.BadRow;
import dev.gatefold.backfill.range.Key;
import dev.gatefold.executor.database.Query;
import dev.gatefold.executor.database.SqlState;
import dev.gatefold.executor.database.Transaction;
import dev.gatefold.planner.plan.Step.OnlineDdl;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Runs long DDL beside traffic: outside any transaction, without lock timeout. A failed CREATE
 * INDEX CONCURRENTLY leaves an INVALID index, which is dropped before the next attempt.
 */
final class OnlineDdlRunner {

  private static final int ATTEMPTS = 5;
  private static final String CONSTRAINT_VIOLATION = "23";
  private static final String UNIQUE_VIOLATION = "23505";
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Shift shift;
  private final Lookout lookout;

  OnlineDdlRunner(Shift shift, DataSource database) {
    this.shift = shift;
    this.lookout =
        new Lookout(database, shift.connection(), shift.listener(), shift.timing().sleeper());
  }

  StepResult run(OnlineDdl step) throws SQLException, InterruptedException {
    Optional<StepResult> hindrance = Transaction.in(shift.connection(), shift::hindrance);
    if (hindrance.isPresent()) {
      return hindrance.get();
    }
    for (int attempt = 1; ; attempt++) {
      // After a crash the postcondition, not the missing record, says whether it was done.
      if (isDone(step)) {
        return record(step);
      }
      Optional<StepResult> broken =
          Preconditions.objection(shift.connection(), step.preconditions());
      if (broken.isPresent()) {
        return broken.get();
      }
      try {
        execute(step, step.cleanup());
        execute(step, step.sql());
        return record(step);
      } catch (SQLException e) {
        if (SqlState.of(e) == SqlState.LOST) {
          throw e;
        }
        if ((SqlState.of(e) == SqlState.OTHER && !mayPass(e)) || attempt == ATTEMPTS) {
          return cleanedUp(step, e);
        }
        shift.listener().waiting(step, SqlState.sentence(e));
        shift.timing().sleeper().sleep(PAUSE.multipliedBy(attempt));
      }
    }
  }

  /** Where one shape lags, two rows that have traded values may have the same one for a moment. */
  private boolean mayPass(SQLException reason) {
    return UNIQUE_VIOLATION.equals(reason.getSQLState()) && shift.rollout().plan().fed();
  }

  private StepResult cleanedUp(OnlineDdl step, SQLException reason)
      throws SQLException, InterruptedException {
    try {
      execute(step, step.cleanup());
    } catch (SQLException e) {
      if (SqlState.of(e) == SqlState.LOST) {
        throw e;
      }
      // The next attempt cleans up before anything else; the first error is the one to tell.
      reason.addSuppressed(e);
    }
    return new StepResult.Failed(SqlState.sentence(reason), culprits(step, reason), "Mend that.");
  }

  /** Some of the rows that a constraint found, so that nobody has to look for them. */
  private List<BadRow> culprits(OnlineDdl step, SQLException reason) throws SQLException {
    boolean ofRows = String.valueOf(reason.getSQLState()).startsWith(CONSTRAINT_VIOLATION);
    // A plan that an earlier version stored does not say.
    String sql = Optional.ofNullable(step.culprits()).flatMap(query -> query).orElse("");
    if (!ofRows || sql.isEmpty()) {
      return List.of();
    }
    try {
      return Query.of(sql)
          .list(shift.connection(), row -> new BadRow(Key.of(row.getString(1)), row.getString(2)));
    } catch (SQLException e) {
      if (SqlState.of(e) == SqlState.LOST) {
        throw e;
      }
      // It reads more rows than the server did, one of which may be an error to the condition.
      reason.addSuppressed(e);
      return List.of();
    }
  }

  private boolean isDone(OnlineDdl step) throws SQLException {
    return Query.of(step.done().sql()).isTrue(shift.connection());
  }

  private StepResult record(OnlineDdl step) throws SQLException {
    return Transaction.in(
        shift.connection(),
        () -> {
          Optional<StepResult> hindrance = shift.hindrance();
          if (hindrance.isEmpty()) {
            shift.stores().steps().record(shift.connection(), shift.id(), step.id());
          }
          return hindrance.orElseGet(StepResult.Done::new);
        });
  }

  private void execute(OnlineDdl step, List<String> statements)
      throws SQLException, InterruptedException {
    try (Statement statement = shift.connection().createStatement()) {
      statement.setEscapeProcessing(false);
      for (String sql : statements) {
        // A query answers with the statements to run, one for each partition that there is by now.
        for (String generated : runs(step, statement, sql) ? rows(statement) : List.<String>of()) {
          runs(step, statement, generated);
        }
      }
    }
  }

  /** Answers whether the statement was a query. */
  private boolean runs(OnlineDdl step, Statement statement, String sql)
      throws SQLException, InterruptedException {
    lookout.during(step, () -> statement.execute(sql));
    return statement.getResultSet() != null;
  }

  private static List<String> rows(Statement statement) throws SQLException {
    List<String> statements = new ArrayList<>();
    try (ResultSet rows = statement.getResultSet()) {
      while (rows.next()) {
        statements.add(rows.getString(1));
      }
    }
    return statements;
  }
}
