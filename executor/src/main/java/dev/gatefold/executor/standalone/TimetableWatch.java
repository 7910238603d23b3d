package dev.gatefold.executor.standalone;

import dev.gatefold.backfill.pace.Sleeper;
import dev.gatefold.executor.database.Query;
import dev.gatefold.executor.timetable.Timekeeper;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import javax.sql.DataSource;

/** Watches the timetable of a database. */
final class TimetableWatch implements Backfills.Watch {

  private static final Duration PAUSE = Duration.ofMillis(20);

  private final Timekeeper timekeeper;
  private final DataSource database;
  private final InstantSource clock;
  private final Sleeper sleeper;

  private TimetableWatch(
      Timekeeper timekeeper, DataSource database, InstantSource clock, Sleeper sleeper) {
    this.timekeeper = timekeeper;
    this.database = database;
    this.clock = clock;
    this.sleeper = sleeper;
  }

  static TimetableWatch start(DataSource database, InstantSource clock, Sleeper sleeper) {
    return new TimetableWatch(
        Timekeeper.start(database, new DueRuns(database, clock), clock, Timekeeper.BETWEEN_LOOKS),
        database,
        clock,
        sleeper);
  }

  @Override
  public boolean watches() {
    return true;
  }

  @Override
  public void settle() throws SQLException, InterruptedException {
    try (Connection connection = database.getConnection()) {
      while (anythingDue(connection)) {
        sleeper.sleep(PAUSE);
      }
    }
  }

  private boolean anythingDue(Connection connection) throws SQLException {
    return Query.of(
            "SELECT EXISTS (SELECT FROM gatefold.scheduled_task WHERE execution_time <= ?)",
            clock.instant().atOffset(ZoneOffset.UTC))
        .isTrue(connection);
  }

  @Override
  public void close() {
    timekeeper.close();
  }
}
