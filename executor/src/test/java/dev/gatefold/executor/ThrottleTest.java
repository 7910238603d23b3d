package dev.gatefold.executor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.Rollouts.Diagnosis;
import dev.gatefold.executor.Rollouts.Diagnosis.Level;
import dev.gatefold.executor.database.DatabaseUrl;
import dev.gatefold.executor.journey.Journey;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.standby.Standbys;
import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.testing.StandbyServer;
import dev.gatefold.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/** A stage that moves rows holds still for others, says why, and goes on by itself. */
class ThrottleTest {

  private static final String TABLES =
      """
      CREATE TABLE orders (id int PRIMARY KEY, total int);
      INSERT INTO orders SELECT i, i FROM generate_series(1, 100) i;
      CREATE TABLE calm (now boolean);
      INSERT INTO calm VALUES (false);
      """;

  private static final String CHANGE =
      """
      change: x
      operations:
        - alter_column: {table: orders, column: total, to: amount, type: bigint}
      backfill: %s
      """;

  private static Outcome backfill(Journey journey, WaitingListener listener) throws SQLException {
    return journey
        .rollouts()
        .promote(new ChangeName("x"), Journey.order(StageName.BACKFILL), listener);
  }

  @Test
  void whatTheProbeSaysIsDone() throws Exception {
    try (Journey journey = Journey.on(TABLES)) {
      journey
          .submitted(CHANGE.formatted("{throttle: {probe: {sql: SELECT now FROM calm}}}"))
          .promoted("x", StageName.EXPAND);
      WaitingListener listener =
          new WaitingListener(
              step -> {},
              () -> {
                assertThat(journey.rows("SELECT count(amount) FROM orders")).containsExactly("0");
                journey.sql("UPDATE calm SET now = true");
              });
      assertThat(backfill(journey, listener)).isInstanceOf(Outcome.Done.class);
      assertThat(listener.reasons())
          .first(InstanceOfAssertFactories.STRING)
          .contains("the probe says to hold");
    }
  }

  @Test
  void whatIsIgnoredIsNotWaitedFor() throws Exception {
    try (Journey journey = Journey.on(TABLES)) {
      journey
          .submitted(
              CHANGE.formatted(
                  "{throttle: {probe: {sql: SELECT now FROM calm}}, ignore_signals: [probe]}"))
          .promoted("x", StageName.EXPAND);
      WaitingListener listener = new WaitingListener(step -> {}, () -> {});
      assertThat(backfill(journey, listener)).isInstanceOf(Outcome.Done.class);
      assertThat(listener.reasons()).isEmpty();
    }
  }

  @Test
  void aStandbyThatStopsReplayingIsWaitedFor() throws Exception {
    try (TestDatabase database = TestDatabase.onThisMachine();
        StandbyServer standby = StandbyServer.of(database)) {
      database.execute(TABLES);
      Standbys named = Standbys.of(List.of(DatabaseUrl.parse(standby.url(database))));
      try (Journey journey = Journey.on(database, named);
          Connection there = standby.connect(database);
          Connection primary = database.connect()) {
        journey.submitted(CHANGE.formatted("{}")).promoted("x", StageName.EXPAND);
        standby.catchUp(database);
        run(there, "SELECT pg_wal_replay_pause()");
        StandbyServer.waitUntil(there, "SELECT pg_get_wal_replay_pause_state() = 'paused'");
        journey.sql("INSERT INTO orders VALUES (0, 0)");
        // Not just one second: that is allowed, and a lag is heeded in whole milliseconds.
        StandbyServer.waitUntil(
            primary,
            "SELECT coalesce(bool_or(replay_lag > interval '1.1 s'), false) FROM pg_stat_replication");
        assertThat(notes(journey))
            .anySatisfy(it -> assertThat(it).startsWith("a backfill would hold still: standby"));

        WaitingListener listener =
            new WaitingListener(
                step -> {},
                () -> {
                  assertThat(journey.rows("SELECT count(amount) FROM orders"))
                      .as("the row that was written meanwhile came by the sync")
                      .containsExactly("1");
                  run(there, "SELECT pg_wal_replay_resume()");
                });
        assertThat(backfill(journey, listener)).isInstanceOf(Outcome.Done.class);
        assertThat(listener.reasons())
            .first(InstanceOfAssertFactories.STRING)
            .contains("standby follower is ", " behind; at most 1 s are allowed");
      }
    }
  }

  private static List<String> notes(Journey journey) throws SQLException {
    return journey.rollouts().doctor().stream()
        .filter(it -> it.subject().startsWith("throttle ") && it.level() == Level.NOTE)
        .map(Diagnosis::message)
        .toList();
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
