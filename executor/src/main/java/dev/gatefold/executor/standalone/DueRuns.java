package dev.gatefold.executor.standalone;

import dev.gatefold.executor.database.Transaction;
import dev.gatefold.executor.standalone.Run.State;
import dev.gatefold.executor.timetable.Alarm;
import dev.gatefold.executor.timetable.Cron;
import dev.gatefold.planner.change.BackfillFile;
import dev.gatefold.planner.change.ChangeFileException;
import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.change.StandaloneBackfill;
import dev.gatefold.planner.change.StandaloneBackfill.WhenMissed;
import dev.gatefold.planner.change.StandaloneBackfill.WhenRunning;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import javax.sql.DataSource;

/** Puts a run where a moment of a schedule has come, as its file wants it. Thread-safe. */
final class DueRuns implements Alarm {

  /** Workers that are restarted are back before; a moment longer ago passed unnoticed. */
  static final Duration UNNOTICED = Duration.ofMinutes(10);

  private final DataSource connections;
  private final InstantSource clock;
  private final StandaloneStore backfills = new StandaloneStore();
  private final RunStore runs = new RunStore();

  DueRuns(DataSource connections, InstantSource clock) {
    this.connections = connections;
    this.clock = clock;
  }

  @Override
  public Optional<Instant> ring(String name, Instant due) throws SQLException {
    try (Connection connection = connections.getConnection()) {
      return Transaction.in(connection, () -> ring(connection, new ChangeName(name), due));
    }
  }

  private Optional<Instant> ring(Connection connection, ChangeName name, Instant due)
      throws SQLException {
    Optional<Standalone> found =
        backfills.lock(connection, name).filter(it -> it.schedule().isPresent());
    if (found.isEmpty()) {
      return Optional.empty();
    }
    StandaloneBackfill file = file(found.get());
    Instant now = clock.instant();
    Optional<String> hindrance = hindrance(connection, file, due, now);
    runs.add(
        connection,
        found.get(),
        hindrance.isPresent() ? State.SKIPPED : State.WAITING,
        Optional.of(due),
        true,
        hindrance);
    return Optional.of(new Cron(file.schedule().orElseThrow()).after(now));
  }

  private Optional<String> hindrance(
      Connection connection, StandaloneBackfill file, Instant due, Instant now)
      throws SQLException {
    if (file.whenMissed() == WhenMissed.SKIP && due.plus(UNNOTICED).isBefore(now)) {
      return Optional.of("missed: no worker was there at its time");
    }
    if (runs.open(connection, file.name(), State.WAITING).isPresent()) {
      return Optional.of("the run before has not begun yet");
    }
    return file.whenRunning() == WhenRunning.SKIP
            && runs.open(connection, file.name(), State.RUNNING).isPresent()
        ? Optional.of("the run before was still under way")
        : Optional.empty();
  }

  private static StandaloneBackfill file(Standalone backfill) throws SQLException {
    try {
      return BackfillFile.read(backfill.name().value(), backfill.file(), schedule -> {});
    } catch (ChangeFileException e) {
      // It could be read when it was recorded; the library tries again, and says so each time.
      throw new SQLException("the recorded file cannot be read: " + e.getMessage(), e);
    }
  }
}
