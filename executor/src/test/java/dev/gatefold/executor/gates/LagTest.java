package dev.gatefold.executor.gates;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.LiveRollouts;
import dev.gatefold.executor.TargetSettings;
import dev.gatefold.executor.database.DatabaseUrl;
import dev.gatefold.executor.gate.Evidence.Finding;
import dev.gatefold.executor.gate.Evidence.Verdict;
import dev.gatefold.executor.journey.Journey;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.standby.Standbys;
import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.testing.StandbyServer;
import dev.gatefold.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How late a real standby may be. */
class LagTest {

  private static final String CHANGE =
      """
      change: x
      operations: [{rename_column: {table: t, column: a, to: b}}]
      gates: {expand: {max_replica_lag: 300ms}}
      """;

  private static final String WRITE = "INSERT INTO t (a) VALUES ('written')";

  private static final String BLIND =
      """
      DO $$ BEGIN
        IF to_regrole('lag_blind') IS NULL THEN CREATE ROLE lag_blind LOGIN; END IF;
      END $$;
      GRANT ALL ON SCHEMA gatefold TO lag_blind;
      GRANT ALL ON ALL TABLES IN SCHEMA gatefold TO lag_blind;
      """;

  @Test
  void aStandbyThatIsLateKeepsTheGateClosed() throws Exception {
    try (TestDatabase database = TestDatabase.onThisMachine();
        Journey journey = Journey.on(database, Standbys.NONE)) {
      journey.sql("CREATE TABLE t (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, a text)");
      journey.submitted(CHANGE);
      assertThat(lag(database.url(), List.of()).detail())
          .isEqualTo("no standby replicates from this server");
      try (StandbyServer standby = StandbyServer.of(database)) {
        follows(journey, standby);
      }
    }
  }

  private void follows(Journey journey, StandbyServer standby) throws Exception {
    TestDatabase database = journey.database();
    standby.catchUp(database);
    try (Connection primary = database.connect();
        Connection there = standby.connect(database)) {
      journey.sql(WRITE);
      StandbyServer.waitUntil(
          primary, "SELECT bool_or(replay_lag IS NOT NULL) FROM pg_stat_replication");
      run(there, "SELECT pg_wal_replay_pause()");
      StandbyServer.waitUntil(there, "SELECT pg_get_wal_replay_pause_state() = 'paused'");
      journey.sql(WRITE);
      StandbyServer.waitUntil(
          primary, "SELECT bool_or(replay_lag > interval '2 s') FROM pg_stat_replication");

      Finding late = lag(database.url(), List.of());
      assertThat(late.verdict()).isEqualTo(Verdict.WAITING);
      assertThat(late.detail()).contains("follower is ").contains("late; at most 300 ms");

      run(there, "SELECT pg_wal_replay_resume()");
      standby.catchUp(database);
      StandbyServer.waitUntil(
          primary,
          """
          SELECT bool_and(coalesce(replay_lag < interval '300 ms',
                                   replay_lsn >= pg_current_wal_flush_lsn()))
          FROM pg_stat_replication""");
    }
    Finding inTime = lag(database.url(), List.of(standby.url(database)));
    assertThat(inTime.verdict()).as(inTime.detail()).isEqualTo(Verdict.CLEAR);

    Finding gone =
        lag(database.url(), List.of(standby.url(database), "jdbc:postgresql://127.0.0.1:1/x"));
    assertThat(gone.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(gone.detail()).isEqualTo("2 standbys are named, 1 replicate from this server");

    database.asSuperuser(BLIND);
    Finding unseen = lag(database.url("lag_blind"), List.of());
    assertThat(unseen.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(unseen.detail()).contains("this role may not see");
  }

  private static Finding lag(String url, List<String> named) throws SQLException {
    Standbys standbys = Standbys.of(named.stream().map(DatabaseUrl::parse).toList());
    try (LiveRollouts rollouts =
        LiveRollouts.open(DatabaseUrl.parse(url), TargetSettings.of(standbys))) {
      Outcome outcome = rollouts.evidence(new ChangeName("x"), Optional.empty());
      return ((Outcome.Measured) outcome)
          .evidence().findings().stream()
              .filter(it -> it.check().equals("replica lag"))
              .findFirst()
              .orElseThrow();
    }
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
