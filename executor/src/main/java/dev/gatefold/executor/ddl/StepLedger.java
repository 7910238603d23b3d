package dev.gatefold.executor.ddl;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.jspecify.annotations.Nullable;

/**
 * Runs each attempt at a step as a Flyway migration, so that tools which read Flyway's tables see
 * what ran. One history table a rollout; the attempt's number is the version, since Flyway never
 * repeats one. The ledger decides nothing: the record that commits with the step does.
 */
public final class StepLedger {

  private static final String CONNECTION_FAILURE = "08006";
  private static final int RUNS = 2;

  private final DataSource target;
  private final String table;

  public StepLedger(DataSource target, long rollout) {
    this.target = target;
    this.table = "steps_" + rollout;
  }

  /** The step itself; it manages its own transactions on its own connection. */
  public interface Work<T> {
    T run() throws SQLException, InterruptedException;
  }

  /**
   * Runs a step.
   *
   * @param done whether the answer means that the step is done; else Flyway notes a failure
   */
  public <T> T run(long attempt, String step, Work<T> work, Predicate<T> done)
      throws SQLException, InterruptedException {
    Attempt<T> migration = new Attempt<>(attempt, step, work, done);
    Flyway flyway =
        FlywaySettings.on(target)
            .table(table)
            .locations(new String[0])
            .createSchemas(false)
            .baselineOnMigrate(true)
            .baselineVersion("0")
            .validateOnMigrate(false)
            .outOfOrder(true)
            .ignoreMigrationPatterns("*:missing", "*:future")
            .javaMigrations(migration)
            .load();
    for (int run = 1; migration.answer().isEmpty(); run++) {
      try {
        flyway.migrate();
      } catch (FlywayException e) {
        repair(flyway, e);
        migration.rethrow();
        // Not run at all: a killed process left a failed entry, which is repaired by now.
        if (migration.answer().isEmpty() && run == RUNS) {
          throw new SQLException("Flyway could not run " + step, CONNECTION_FAILURE, e);
        }
      }
    }
    return migration.answer().orElseThrow(() -> new SQLException("Flyway did not run " + step));
  }

  /** A failed entry would block every later attempt; what it says is in our own history. */
  private static void repair(Flyway flyway, FlywayException failure) {
    try {
      flyway.repair();
    } catch (FlywayException e) {
      // The server is gone. The attempt after the next start finds the entry and repairs it.
      failure.addSuppressed(e);
    }
  }

  private static final class Attempt<T> implements JavaMigration {

    private final long number;
    private final String step;
    private final Work<T> work;
    private final Predicate<T> done;
    private final List<T> answers = new ArrayList<>();
    private @Nullable Exception failure;

    Attempt(long number, String step, Work<T> work, Predicate<T> done) {
      this.number = number;
      this.step = step;
      this.work = work;
      this.done = done;
    }

    Optional<T> answer() {
      return answers.stream().findFirst();
    }

    void rethrow() throws SQLException, InterruptedException {
      if (failure instanceof SQLException e) {
        throw e;
      }
      if (failure instanceof InterruptedException e) {
        throw e;
      }
      if (failure instanceof RuntimeException e) {
        throw e;
      }
    }

    @Override
    public void migrate(Context context) throws Exception {
      try {
        answers.add(work.run());
      } catch (SQLException | InterruptedException | RuntimeException e) {
        failure = e;
        throw e;
      }
      if (!done.test(answers.get(0))) {
        throw new FlywayException("attempt " + number + " at " + step + " is not done");
      }
    }

    @Override
    public MigrationVersion getVersion() {
      return MigrationVersion.fromVersion(String.valueOf(number));
    }

    @Override
    public String getDescription() {
      return step.length() > 150 ? step.substring(0, 150) : step;
    }

    @Override
    public Integer getChecksum() {
      return step.hashCode();
    }

    @Override
    public boolean canExecuteInTransaction() {
      return false;
    }
  }
}
