package dev.gatefold.backfill.throttle.signal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.backfill.testing.ManualTime;
import dev.gatefold.backfill.throttle.Pressure;
import dev.gatefold.planner.change.SignalName;
import dev.gatefold.planner.change.ThrottleSettings;
import dev.gatefold.testing.StandbyServer;
import dev.gatefold.testing.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A real standby whose replay is paused holds the backfill, and lets it go on afterwards. */
class StandbySignalsTest {

  private static final Duration RHYTHM = Duration.ofMillis(500);

  /** That within two seconds: at once, and after each half second. */
  private static final int MEASUREMENTS = 4;

  private final ManualTime time = new ManualTime();
  private final Signals signals = new Signals(ThrottleSettings.DEFAULT, time);

  @Test
  void aStandbyThatStopsReplayingIsSeenWithinTwoSeconds() throws Exception {
    try (TestDatabase database = TestDatabase.onThisMachine();
        StandbyServer standby = StandbyServer.of(database);
        Connection primary = database.connect();
        Connection there = standby.connect(database)) {
      Signal replicas = only(signals.ofServer(0));
      Signal named = only(signals.ofStandby("replica.example"));
      inStep(primary);
      assertThat(replicas.measure(primary)).isEqualTo(Pressure.NONE);
      assertThat(named.measure(there)).isEqualTo(Pressure.NONE);

      run(there, "SELECT pg_wal_replay_pause()");
      StandbyServer.waitUntil(there, "SELECT pg_get_wal_replay_pause_state() = 'paused'");
      database.execute("CREATE TABLE t AS SELECT generate_series(1, 1000)");
      run(primary, "CHECKPOINT");

      Pressure late = untilItHolds(replicas, primary);
      assertThat(late.holds()).isTrue();
      assertThat(late.reasons().get(0))
          .startsWith("standby follower is 1.5 s (")
          .endsWith(" kB) behind; at most 1 s are allowed");
      assertThat(named.measure(there).reasons().get(0))
          .startsWith("standby replica.example is 1.5 s (")
          .contains(" behind, its replay is paused");
      blind(database, primary);

      run(there, "SELECT pg_wal_replay_resume()");
      inStep(primary);
      replicas.measure(primary);
      assertThat(replicas.measure(primary)).isEqualTo(Pressure.NONE);
      named.measure(there);
      assertThat(named.measure(there)).isEqualTo(Pressure.NONE);
      assertThat(named.measure(primary).share()).isEqualTo(Pressure.MINIMUM);
    }
  }

  /** Whether there is a standby everybody sees; not how far it is. */
  private void blind(TestDatabase database, Connection primary) throws SQLException {
    run(
        primary,
        "DO $$ BEGIN IF to_regrole('plain') IS NULL THEN CREATE ROLE plain LOGIN; END IF; END $$");
    try (Connection plain = DriverManager.getConnection(database.url("plain"))) {
      Pressure unseen = only(signals.ofServer(0)).measure(plain);
      assertThat(unseen.share()).isEqualTo(Pressure.MINIMUM);
      assertThat(unseen.reasons().get(0))
          .contains("may not see how far follower is; GRANT pg_read_all_stats TO plain, ");
      assertThat(only(signals.ofServer(1)).measure(plain))
          .as("it is asked itself")
          .isEqualTo(Pressure.NONE);
      run(primary, "GRANT pg_read_all_stats TO plain");
      assertThat(only(signals.ofServer(0)).measure(plain).holds()).isTrue();
      run(primary, "REVOKE pg_read_all_stats FROM plain");
    }
  }

  private Pressure untilItHolds(Signal signal, Connection connection) throws SQLException {
    Pressure pressure = signal.measure(connection);
    for (int i = 1; i < MEASUREMENTS && !pressure.holds(); i++) {
      time.pass(RHYTHM);
      pressure = signal.measure(connection);
    }
    return pressure;
  }

  private static Signal only(List<Signal> signals) {
    return signals.stream()
        .filter(it -> it.name() == SignalName.REPLICA_LAG)
        .findFirst()
        .orElseThrow();
  }

  private static void inStep(Connection primary) throws SQLException {
    StandbyServer.waitUntil(
        primary,
        """
        SELECT coalesce(bool_and(replay_lsn >= pg_current_wal_flush_lsn()), false)
        FROM pg_stat_replication""");
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
