package dev.gatefold.backfill.throttle.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatefold.backfill.testing.ManualTime;
import dev.gatefold.backfill.throttle.Pressure;
import dev.gatefold.planner.change.SignalName;
import dev.gatefold.planner.change.ThrottleSettings;
import dev.gatefold.planner.change.ThrottleSettings.Probe;
import dev.gatefold.testing.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What concerns the server as a whole. */
class ServerSignalsTest {

  private final ManualTime time = new ManualTime();
  private TestDatabase database;
  private Connection ours;

  @BeforeEach
  void start() throws SQLException {
    database = TestDatabase.forSuperuser();
    ours = database.connect();
    run("SET application_name = 'gatefold'");
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

  /** About so many kilobytes, all flushed: the server of the tests waits for no commit. */
  private void writeLog(int kilobytes) throws SQLException {
    run("SET synchronous_commit = on");
    run("SELECT pg_logical_emit_message(true, 'x', repeat('x', %d))".formatted(kilobytes << 10));
  }

  @Test
  void anOrdinaryRoleOnAnIdleServerIsNotHeldBack() throws SQLException {
    database.asSuperuser(
        "DO $$ BEGIN IF to_regrole('plain') IS NULL THEN CREATE ROLE plain LOGIN; END IF; END $$");
    try (Connection plain = DriverManager.getConnection(database.url("plain"))) {
      for (Signal signal : new Signals(ThrottleSettings.DEFAULT, time).ofServer(0)) {
        assertThat(signal.measure(plain)).as(signal.name().word()).isEqualTo(Pressure.NONE);
      }
    }
  }

  @Test
  void whatIsIgnoredIsNotAsked() {
    Signals some =
        new Signals(
            ThrottleSettings.DEFAULT.ignoring(
                List.of(SignalName.REPLICA_LAG, SignalName.LOCK_WAITS)),
            time);
    assertThat(some.ofServer(0))
        .extracting(Signal::name)
        .containsExactly(
            SignalName.ARCHIVE_BACKLOG,
            SignalName.SLOT_LAG,
            SignalName.ACTIVE_SESSIONS,
            SignalName.XID_AGE);
    assertThat(some.ofTable(1)).extracting(Signal::name).containsExactly(SignalName.DEAD_ROWS);
    assertThat(some.ofStandby("x")).isEmpty();
    assertThat(new Signals(ThrottleSettings.NONE, time).ofServer(0)).isEmpty();
  }

  @Test
  void aSlotThatFallsBehindHoldsUntilItsReaderIsBack() throws SQLException {
    SlotLag signal = new SlotLag(64 << 10);
    run("SELECT pg_create_physical_replication_slot('feed', true)");
    try {
      readToTheEnd();
      assertThat(signal.measure(ours)).isEqualTo(Pressure.NONE);
      writeLog(100);
      Pressure behind = signal.measure(ours);
      assertThat(behind.holds()).isTrue();
      assertThat(behind.reasons().get(0))
          .startsWith("replication slot feed keeps 1")
          .endsWith(" kB of log and is not read by anybody; at most 64 kB are allowed");
      assertThat(new SlotLag(ThrottleSettings.DEFAULT_SLOT_LAG).measure(ours))
          .isEqualTo(Pressure.NONE);
      readToTheEnd();
      signal.measure(ours);
      assertThat(signal.measure(ours)).isEqualTo(Pressure.NONE);
    } finally {
      run("SELECT pg_drop_replication_slot('feed')");
    }
  }

  private void readToTheEnd() throws SQLException {
    run("SELECT pg_replication_slot_advance('feed', pg_current_wal_flush_lsn())");
  }

  @Test
  void muchLogSlowsItDownUntilTheRateIsWithinItsBound() throws SQLException {
    WalRate signal = new WalRate(100 << 10, time);
    signal.measure(ours);
    time.pass(Duration.ofSeconds(1));
    assertThat(signal.measure(ours)).isEqualTo(Pressure.NONE);
    writeLog(1000);
    time.pass(Duration.ofSeconds(1));
    Pressure fast = signal.measure(ours);
    assertThat(fast.share()).isEqualTo(0.5);
    assertThat(fast.reasons().get(0))
        .contains(" kB of log are written in a second; at most 100 kB are allowed");
    for (int i = 0; i < 12; i++) {
      time.pass(Duration.ofSeconds(1));
      signal.measure(ours);
    }
    assertThat(signal.measure(ours)).isEqualTo(Pressure.NONE);
  }

  @Test
  void sessionsThatRunStatementsTakeTheirShare() throws SQLException {
    ActiveSessions signal = new ActiveSessions(OptionalLong.empty());
    assertThat(signal.measure(ours)).isEqualTo(Pressure.NONE);
    try (Shop shop = Shop.on(database)) {
      shop.run("BEGIN");
      assertThat(signal.measure(ours)).as("idle in transaction").isEqualTo(Pressure.NONE);
      shop.begin(
          "SELECT pg_sleep(60)",
          ours,
          "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE wait_event = 'PgSleep')");
      Pressure first = signal.measure(ours);
      assertThat(first.share()).isEqualTo(Pressure.MINIMUM);
      assertThat(first.reasons())
          .containsExactly("0.5 sessions of others run a statement, on average");

      ActiveSessions limited = new ActiveSessions(OptionalLong.of(1));
      assertThat(limited.measure(ours).share()).isBetween(0.01, 0.1);
      shopOfSameName(limited);
    }
    for (int i = 0; i < 20; i++) {
      signal.measure(ours);
    }
    assertThat(signal.measure(ours)).isEqualTo(Pressure.NONE);
  }

  @Test
  void theFewerSessionsRunStatementsTheLargerIsTheShare() {
    ActiveSessions signal = new ActiveSessions(OptionalLong.empty());
    assertThat(signal.at(0)).isEqualTo(Pressure.NONE);
    assertThat(signal.at(1).share()).as("0.5 on average").isEqualTo(Pressure.MINIMUM);
    List<Double> shares = Stream.generate(() -> signal.at(0).share()).limit(20).toList();
    assertThat(shares).isSorted().endsWith(1.0);
    assertThat(shares.get(3)).as("0.158 on average").isBetween(0.03, 0.031);
    assertThat(shares.get(7)).as("0.05 on average").isBetween(0.49, 0.51);
  }

  /** Those of ours on other machines are no neighbours. */
  private void shopOfSameName(ActiveSessions signal) throws SQLException {
    try (Shop worker = Shop.on(database)) {
      worker.run("SET application_name = 'gatefold'");
      worker.begin(
          "SELECT pg_sleep(60)",
          ours,
          "SELECT count(*) = 2 FROM pg_stat_activity WHERE wait_event = 'PgSleep'");
      assertThat(signal.measure(ours).holds()).isFalse();
    }
  }

  @Test
  void moreThanAFileAllowsHoldsGraduallyOver() {
    ActiveSessions signal = new ActiveSessions(OptionalLong.of(8));
    assertThat(signal.at(2).share()).isEqualTo(0.5);
    assertThat(signal.at(40).holds()).isTrue();
    Pressure pressure = signal.at(0);
    assertThat(pressure.holds()).isTrue();
    assertThat(pressure.reasons().get(0)).endsWith("on average; at most 8 are allowed");
    for (int i = 0; i < 20; i++) {
      pressure = signal.at(0);
    }
    assertThat(pressure).isEqualTo(Pressure.NONE);
  }

  @Test
  void statementsOfOthersAreSeenWithoutTheRightToSeeThem() throws SQLException {
    database.asSuperuser(
        "DO $$ BEGIN IF to_regrole('plain') IS NULL THEN CREATE ROLE plain LOGIN; END IF; END $$");
    try (Connection plain = DriverManager.getConnection(database.url("plain"));
        Shop shop = Shop.on(database)) {
      shop.begin(
          "SELECT pg_sleep(60)",
          ours,
          "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE wait_event = 'PgSleep')");
      assertThat(new ActiveSessions(OptionalLong.empty()).measure(plain).share())
          .isLessThanOrEqualTo(0.5);
    }
  }

  @Test
  void oldTransactionsHoldIt() throws SQLException {
    long age =
        Long.parseLong(
            database.queryLines("SELECT max(age(datfrozenxid)) FROM pg_database").get(0));
    TransactionAge signal = new TransactionAge(OptionalLong.of(age + 100));
    assertThat(signal.measure(ours)).isEqualTo(Pressure.NONE);
    run(
        """
        DO $$ BEGIN
          FOR i IN 1..200 LOOP PERFORM pg_current_xact_id(); COMMIT; END LOOP;
        END $$""");
    assertThat(signal.measure(ours).reasons().get(0))
        .startsWith("the oldest rows of a database are ")
        .endsWith(" transactions old; at most %d are allowed".formatted(age + 100));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      textBlock =
          """
          SELECT true -- go ! 1.0
          SELECT false ! 0.0
          SELECT 0.25 ! 0.25
          SELECT 7 ! 1.0
          SELECT -1 ! 0.0
          SELECT NULL::boolean ! 0.0025
          SELECT true WHERE false ! 0.0025
          SELECT true FROM generate_series(1, 2) ! 0.0025
          SELECT NOT EXISTS (SELECT FROM shop.queue WHERE waiting ? 'x') ! 0.0
          """)
  void theProbeDecides(String sql, double share) throws SQLException {
    run("CREATE SCHEMA shop CREATE TABLE queue (waiting jsonb)");
    run("INSERT INTO shop.queue VALUES ('{\"x\": 1}')");
    ProbeQuery probe = new ProbeQuery(new Probe(sql, Probe.DEFAULT_TIMEOUT));
    assertThat(probe.measure(ours).share()).isEqualTo(share);
    assertThat(ours.getAutoCommit()).isTrue();
  }

  @Test
  void theProbeChangesNothingAndDoesNotTakeLong() throws SQLException {
    Duration brief = Duration.ofMillis(50);
    assertThatThrownBy(() -> new ProbeQuery(new Probe("SELECT pg_sleep(60)", brief)).measure(ours))
        .hasMessageContaining("statement timeout");
    run("CREATE SEQUENCE s");
    assertThatThrownBy(() -> new ProbeQuery(new Probe("SELECT nextval('s')", brief)).measure(ours))
        .hasMessageContaining("read-only transaction");
    ProbeQuery later = new ProbeQuery(new Probe("SELECT true", brief));
    assertThat(later.measure(ours)).isEqualTo(Pressure.NONE);
  }
}
