package dev.gatefold.backfill.throttle.signal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.backfill.throttle.Pressure;
import dev.gatefold.testing.StandbyServer;
import dev.gatefold.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever needs the table that is filled is seen, and seen to be gone. */
class TableSignalsTest {

  private static final String WAITS =
      "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND locktype = '%s')";

  private TestDatabase database;
  private Connection ours;

  @BeforeEach
  void start() throws SQLException {
    database = TestDatabase.create();
    database.execute(
        """
        CREATE TABLE t (id int PRIMARY KEY, v int) WITH (autovacuum_enabled = off);
        INSERT INTO t SELECT i, 0 FROM generate_series(1, 1000) i;
        CREATE TABLE p (id int) PARTITION BY RANGE (id);
        CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (9);
        """);
    ours = database.connect();
    run("SET application_name = 'gatefold'; SET statement_timeout = '10s'");
  }

  @AfterEach
  void stop() throws SQLException {
    ours.close();
    database.close();
  }

  private void run(String sql) throws SQLException {
    try (Statement statement = ours.createStatement()) {
      statement.execute(sql);
    }
  }

  private long oid(String table) throws SQLException {
    return Long.parseLong(
        database.queryLines("SELECT '%s'::regclass::oid".formatted(table)).get(0));
  }

  @Test
  void whoWaitsForRowsOfTheBackfillMakesItHold() throws SQLException {
    LockWaits signal = new LockWaits(oid("t"));
    assertThat(signal.measure(ours)).isEqualTo(Pressure.NONE);
    try (Connection watch = database.connect();
        Shop shop = Shop.on(database)) {
      try (Statement statement = watch.createStatement()) {
        statement.execute("SET application_name = 'gatefold'");
      }
      run("BEGIN; UPDATE t SET v = 1 WHERE id = 1");
      shop.begin("UPDATE t SET v = 2 WHERE id = 1", watch, WAITS.formatted("transactionid"));
      Pressure waiting = signal.measure(watch);
      assertThat(waiting.holds()).isTrue();
      assertThat(waiting.reasons().get(0))
          .startsWith("1 sessions wait for rows of the backfill, the longest for ");
      run("COMMIT");
      shop.end();
      assertThat(signal.measure(watch).holds()).as("it may have been luck").isTrue();
      assertThat(signal.measure(watch)).isEqualTo(Pressure.NONE);
    }
  }

  @Test
  void whoWaitsForTheTableOrAPartitionMakesItHold() throws SQLException {
    LockWaits signal = new LockWaits(oid("p"));
    try (Shop reader = Shop.on(database);
        Shop shop = Shop.on(database)) {
      reader.run("BEGIN; SELECT * FROM p1");
      shop.begin("BEGIN; LOCK TABLE p1", ours, WAITS.formatted("relation"));
      assertThat(signal.measure(ours).reasons().get(0))
          .startsWith("1 sessions wait for a lock on the table");
      assertThat(new LockWaits(oid("t")).measure(ours)).isEqualTo(Pressure.NONE);
    }
  }

  @Test
  void othersThatContendForRowsSlowItDown() throws SQLException {
    LockWaits signal = new LockWaits(oid("t"));
    String update = "UPDATE t SET v = 3 WHERE id = 1";
    try (Shop first = Shop.on(database);
        Shop second = Shop.on(database);
        Shop third = Shop.on(database)) {
      first.run("BEGIN; " + update);
      second.begin(update, ours, WAITS.formatted("transactionid"));
      assertThat(signal.measure(ours)).isEqualTo(Pressure.NONE);
      third.begin(update, ours, WAITS.formatted("tuple"));
      Pressure contended = signal.measure(ours);
      assertThat(contended.share()).isBetween(0.1, 0.5);
      assertThat(contended.reasons().get(0)).startsWith("1 sessions wait for rows of the table");
    }
  }

  @Test
  void deadRowsHoldItWhereAFileSaysSoUntilTheyAreCleaned() throws SQLException {
    DeadRows limited = new DeadRows(oid("t"), OptionalLong.of(50));
    assertThat(limited.measure(ours)).isEqualTo(Pressure.NONE);
    for (int i = 0; i < 3; i++) {
      database.execute("UPDATE t SET v = v + 1");
    }
    StandbyServer.waitUntil(
        ours, "SELECT n_dead_tup >= 2000 FROM pg_stat_all_tables WHERE relid = 't'::regclass");
    Pressure bloated = limited.measure(ours);
    assertThat(bloated.holds()).isTrue();
    assertThat(bloated.reasons().get(0))
        .contains("of its live ones; at most 50 % are allowed, and autovacuum is off: VACUUM it");
    assertThat(new DeadRows(oid("t"), OptionalLong.empty()).measure(ours))
        .as("few rows by number are cleaned in no time")
        .isEqualTo(Pressure.NONE);
    database.execute("VACUUM t");
    StandbyServer.waitUntil(
        ours, "SELECT n_dead_tup = 0 FROM pg_stat_all_tables WHERE relid = 't'::regclass");
    limited.measure(ours);
    assertThat(limited.measure(ours)).isEqualTo(Pressure.NONE);
  }
}
