package dev.gatefold.executor.standalone;

import dev.gatefold.executor.store.PaceStore;
import dev.gatefold.executor.store.Subject;
import dev.gatefold.planner.change.BackfillFile;
import dev.gatefold.planner.change.BackfillSettings;
import dev.gatefold.planner.change.ChangeFileException;
import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.plan.StandalonePlan;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** Under which a run goes: what its file says, with what was given since. */
final class Terms {

  private final Connection connection;
  private final Run run;
  private final StandaloneStore backfills = new StandaloneStore();

  Terms(Connection connection, Run run) {
    this.connection = connection;
    this.run = run;
  }

  /** Whether its window is open now, or it has none; one whose file nobody can read shall fail. */
  boolean open() throws SQLException {
    Optional<BackfillSettings> settings = settings();
    Instant now = backfills.now(connection);
    return settings
        .flatMap(BackfillSettings::window)
        .map(window -> window.closes(now).isPresent())
        .orElse(true);
  }

  private Optional<BackfillSettings> settings() throws SQLException {
    Optional<BackfillSettings> written = written(run);
    Optional<Standalone> backfill = backfills.find(connection, run.name());
    return written.isPresent() && backfill.isPresent()
        ? Optional.of(
            new PaceStore()
                .over(connection, Subject.standalone(backfill.get().id()), written.get()))
        : written;
  }

  /** What its file says. */
  static Optional<BackfillSettings> written(Run run) {
    return run.plan().map(StandalonePlan::settings).or(() -> written(run.name(), run.file()));
  }

  /** The same of a file; empty where nobody can read it. */
  static Optional<BackfillSettings> written(ChangeName name, String file) {
    try {
      return Optional.of(BackfillFile.read(name.value(), file, it -> {}).settings());
    } catch (ChangeFileException e) {
      return Optional.empty();
    }
  }
}
