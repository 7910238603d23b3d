package dev.gatefold.executor.trial;

import dev.gatefold.backfill.session.Connections;
import dev.gatefold.executor.LiveRollouts;
import dev.gatefold.executor.database.DatabaseUrl;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.trial.picture.DatabasePicture;
import dev.gatefold.executor.trial.witness.Witness;
import dev.gatefold.planner.change.BackfillSettings;
import dev.gatefold.planner.change.Change;
import dev.gatefold.planner.change.Gates;
import dev.gatefold.planner.change.ThrottleSettings;
import dev.gatefold.planner.plan.Refusal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * Runs a change through all its stages, each that can be undone there and back and there again, as
 * Gatefold would on the real database, and looks at all that happens. Not thread-safe.
 */
public final class Trial {

  private final DatabaseUrl database;
  private final List<Writer> writers;

  /**
   * A trial on a database that it may wreck.
   *
   * @param database with a user who is a superuser
   * @param writers applications that write meanwhile; none for a trial without
   */
  public Trial(DatabaseUrl database, List<Writer> writers) {
    this.database = database;
    this.writers = List.copyOf(writers);
  }

  /** Runs the change; whatever does not go as it should is in the report. */
  public Report run(Change change, String file) throws SQLException, InterruptedException {
    try (LiveRollouts rollouts = LiveRollouts.open(database);
        Connection connection = connections().open()) {
      rollouts.init();
      DatabasePicture before = DatabasePicture.take(connection);
      Outcome submitted = rollouts.submit(ungated(change), file);
      if (submitted instanceof Outcome.Refused refused) {
        return refused(change, refused.refusal(), before);
      }
      try (Witness witness = Witness.on(connections())) {
        Crew crew = new Crew(connections(), writers);
        Drive drive =
            new Drive(
                new Drive.Means(rollouts, connection, witness, crew),
                ungated(change),
                file,
                before);
        return drive.run();
      }
    }
  }

  /**
   * What gates ask for takes time and people; whether they open is not what is tried, nor whether
   * the backfill makes room for the writers of the trial.
   */
  private static Change ungated(Change change) {
    BackfillSettings unhurried =
        BackfillSettings.DEFAULT
            .withTargetBatchTime(change.backfill().targetBatchTime())
            .withThrottle(ThrottleSettings.NONE);
    BackfillSettings backfill =
        change.backfill().chosenTriggers().map(unhurried::withUserTriggers).orElse(unhurried);
    return new Change(
        change.name(),
        change.operations(),
        backfill,
        Gates.NONE,
        change.retire(),
        change.way(),
        change.sync());
  }

  private static Report refused(Change change, Refusal refusal, DatabasePicture picture) {
    return new Report(
        change.name(),
        Optional.of(refusal),
        List.of(),
        List.of(),
        List.of(),
        Written.NOTHING,
        picture);
  }

  private Connections connections() {
    return () -> {
      Properties properties = new Properties();
      properties.setProperty("ApplicationName", "gatefold trial");
      return DriverManager.getConnection(database.jdbc(), properties);
    };
  }
}
