package dev.gatefold.executor.benchmark;

import dev.gatefold.backfill.pace.Timing;
import dev.gatefold.backfill.throttle.signal.Signals;
import dev.gatefold.backfill.throttle.watch.SignalWatch;
import dev.gatefold.planner.change.ThrottleSettings;
import dev.gatefold.testing.StandbyServer;
import dev.gatefold.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** How soon a backfill is told to hold when a standby stops replaying, and to go on afterwards. */
class ThrottleBenchmark {

  private static final int ROUNDS = 10;

  @Test
  void fromAPausedReplayToHolding() throws Exception {
    List<Double> hold = new ArrayList<>();
    List<Double> free = new ArrayList<>();
    AtomicBoolean over = new AtomicBoolean();
    try (TestDatabase database = TestDatabase.onThisMachine();
        StandbyServer standby = StandbyServer.of(database);
        Connection there = standby.connect(database);
        SignalWatch watch =
            SignalWatch.start(
                "the database",
                database::connect,
                new Signals(ThrottleSettings.DEFAULT, Timing.system().ticker()).ofServer(0),
                Timing.system())) {
      database.execute("CREATE TABLE t (id int)");
      CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> write(database, over));
      try {
        for (int round = 0; round < ROUNDS; round++) {
          standby.catchUp(database);
          until(watch, false, there);
          hold.add(seconds(there, "SELECT pg_wal_replay_pause()", watch, true));
          free.add(seconds(there, "SELECT pg_wal_replay_resume()", watch, false));
        }
      } finally {
        over.set(true);
        writer.join();
      }
    }
    new Figures(
            "A standby stops replaying: seconds, %d rounds".formatted(ROUNDS),
            "from … to …",
            "least",
            "median",
            "most")
        .row(cells("replay paused … hold", hold))
        .row(cells("replay resumed … go on", free))
        .write("throttle");
  }

  private static String[] cells(String what, List<Double> seconds) {
    Collections.sort(seconds);
    return new String[] {
      what,
      Figures.number(seconds.get(0)),
      Figures.number(seconds.get(seconds.size() / 2)),
      Figures.number(seconds.get(seconds.size() - 1))
    };
  }

  private static double seconds(
      Connection standby, String action, SignalWatch watch, boolean holding) throws SQLException {
    try (Statement statement = standby.createStatement()) {
      long began = System.nanoTime();
      statement.execute(action);
      until(watch, holding, standby);
      return Duration.ofNanos(System.nanoTime() - began).toMillis() / 1e3;
    }
  }

  /** Another session's sleep paces it. */
  private static void until(SignalWatch watch, boolean holding, Connection pacer)
      throws SQLException {
    try (Statement statement = pacer.createStatement()) {
      while (watch.now().holds() != holding) {
        statement.execute("SELECT pg_sleep(0.005)");
      }
    }
  }

  private static void write(TestDatabase database, AtomicBoolean over) {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      while (!over.get()) {
        statement.execute("INSERT INTO t SELECT generate_series(1, 1000)");
        statement.execute("SELECT pg_sleep(0.02)");
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
