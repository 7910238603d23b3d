package dev.gatefold.executor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.database.Database;
import dev.gatefold.executor.database.DatabaseUrl;
import dev.gatefold.executor.engine.StageListener;
import dev.gatefold.executor.gate.Evidence.Finding;
import dev.gatefold.executor.gate.Evidence.Verdict;
import dev.gatefold.executor.journey.Journey;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.standby.Standbys;
import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.change.GateSettings;
import dev.gatefold.planner.change.Gates;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.testing.StandbyServer;
import dev.gatefold.testing.TestDatabase;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whoever still uses the old column is named, in whichever way it is used. */
class UseTest {

  private static final String COLUMN = " public.orders.total";

  private static StandbyServer standby;

  private TestDatabase database;
  private Journey journey;

  @BeforeAll
  static void startStandby() throws SQLException, IOException {
    try (TestDatabase any = TestDatabase.counting()) {
      standby = StandbyServer.of(any);
    }
  }

  @AfterAll
  static void stopStandby() throws IOException {
    standby.close();
  }

  @BeforeEach
  void start() throws SQLException {
    database = TestDatabase.counting();
    database.execute(
        """
        CREATE TABLE orders (id int PRIMARY KEY, total int, note text);
        INSERT INTO orders SELECT i, i, 'n' FROM generate_series(1, 100) i;
        CREATE VIEW amounts AS SELECT id, total AS amount FROM orders;
        CREATE VIEW large AS SELECT id, amount FROM amounts WHERE amount > 50;
        """);
    standby.catchUp(database);
    journey = Journey.on(database, named());
    journey.submitted(
        """
        change: x
        operations:
          - rename_column: {table: orders, column: total, to: total_amount}
        """);
    // Long ago, as many applications do.
    client("SELECT total FROM orders", "SELECT * FROM orders");
    journey.promoted("x", StageName.BACKFILL);
  }

  @AfterEach
  void stop() throws SQLException {
    journey.close();
  }

  private Standbys named() {
    return Standbys.of(List.of(DatabaseUrl.parse(standby.url(database))));
  }

  private void client(String... sql) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("SET application_name = 'app'");
      for (String one : sql) {
        statement.execute(one);
      }
    }
  }

  private List<Finding> gate(StageName stage, Standbys standbys) throws SQLException {
    return gate(stage, TargetSettings.of(standbys));
  }

  private List<Finding> gate(StageName stage, TargetSettings settings) throws SQLException {
    Site site = Site.of(new Database(DatabaseUrl.parse(database.url())), settings);
    try (Connection connection = site.database().getConnection()) {
      return site.gate().measure(connection, journey.rollout("x"), stage).findings().stream()
          .filter(finding -> finding.check().startsWith("use "))
          .toList();
    }
  }

  private Finding retire(String check) throws SQLException {
    return finding(gate(StageName.RETIRE, named()), check);
  }

  private static Finding finding(List<Finding> findings, String check) {
    return findings.stream()
        .filter(finding -> finding.check().equals(check))
        .findFirst()
        .orElseThrow(() -> new AssertionError(check + " is not among " + findings));
  }

  private String onStandby() {
    return "use reads" + COLUMN + " on standby " + standby.place(database);
  }

  @Test
  void whatNobodyUsesIsClear() throws Exception {
    client("SELECT id FROM orders", "SELECT count(*) FROM orders", "UPDATE orders SET note = 'x'");
    client("INSERT INTO orders (id, total_amount) VALUES (101, 7)");
    assertThat(gate(StageName.RETIRE, named()))
        .allSatisfy(finding -> assertThat(finding.verdict()).isEqualTo(Verdict.CLEAR))
        .extracting(Finding::check)
        .containsExactly(
            "use writes" + COLUMN, "use dependents" + COLUMN, "use reads" + COLUMN, onStandby());
    assertThat(retire("use writes" + COLUMN).detail())
        .contains("nobody wrote it since", "the new column is written: app as user postgres");
    assertThat(retire("use dependents" + COLUMN).detail())
        .isEqualTo("comes along: view public.amounts, and no function's text uses it");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "SELECT total FROM orders",
        "SELECT * FROM orders",
        "DELETE FROM orders WHERE id = 1 RETURNING *",
        "SELECT amount FROM large",
        "SELECT to_jsonb(o) FROM orders o",
        "INSERT INTO orders (id, total, note) VALUES (101, NULL, 'x')",
        "UPDATE orders SET total = total, note = 'x' WHERE id = 1",
        "COPY orders TO STDOUT"
      })
  void aStatementThatUsesItIsNamed(String sql) throws Exception {
    if (sql.startsWith("COPY")) {
      // The driver wants somebody to read what is copied.
      client(sql.replace("STDOUT", "PROGRAM 'cat > /dev/null'"));
    } else {
      client(sql);
    }
    assertThat(retire("use reads" + COLUMN))
        .satisfies(
            finding -> {
              assertThat(finding.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
              assertThat(finding.detail())
                  .startsWith("still used: " + sql.substring(0, 12))
                  .contains(", by user postgres, seen at 2");
            });
  }

  @Test
  void aPreparedStatementIsNamed() throws Exception {
    try (Connection connection = database.connect();
        PreparedStatement statement =
            connection.prepareStatement("SELECT total FROM orders WHERE id = ?")) {
      for (int i = 1; i < 10; i++) {
        statement.setInt(1, i);
        statement.execute();
      }
      assertThat(retire("use reads" + COLUMN).detail())
          .startsWith("still used: SELECT total FROM orders WHERE id = $1");
    }
    client("PREPARE p AS SELECT total + 1 FROM orders", "EXECUTE p");
    assertThat(retire("use reads" + COLUMN).detail())
        .contains("PREPARE p AS SELECT total + $1 FROM orders");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "plpgsql| BEGIN RETURN (SELECT sum(total) FROM orders); END",
        "plpgsql| DECLARE r orders; BEGIN SELECT * INTO r FROM orders LIMIT 1; RETURN 1; END",
        "plpgsql| BEGIN EXECUTE 'SELECT total FROM orders'; RETURN 1; END",
        "sql| SELECT sum(total) FROM orders",
        "sql| SELECT max(amount) FROM large"
      })
  void aFunctionIsNamed(String language, String body) throws Exception {
    journey.sql(
        "CREATE FUNCTION spent() RETURNS bigint LANGUAGE %s AS $$%s$$".formatted(language, body));
    client("SELECT spent()");
    assertThat(retire("use dependents" + COLUMN))
        .satisfies(
            finding -> {
              assertThat(finding.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
              assertThat(finding.detail())
                  .startsWith("by their text these use it: function spent()");
            });
  }

  @Test
  void aFunctionOfItsTriggersAndACronJobAreNamed() throws Exception {
    journey.sql(
        """
        CREATE FUNCTION bump() RETURNS trigger LANGUAGE plpgsql
        AS 'BEGIN NEW.total := NEW.total; RETURN NEW; END';
        CREATE TRIGGER bump BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION bump();
        CREATE SCHEMA cron;
        CREATE TABLE cron.job (jobid int, command text, database text);
        INSERT INTO cron.job VALUES (7, 'DELETE FROM orders WHERE total = 0', current_database()),
                                    (8, 'DELETE FROM orders', current_database());
        """);
    assertThat(retire("use dependents" + COLUMN).detail())
        .startsWith("by their text these use it: function bump(), cron job 7; ");
  }

  @Test
  void anObjectThatThePlanDoesNotCarryBlocks() throws Exception {
    journey.sql("CREATE MATERIALIZED VIEW summed AS SELECT sum(total) FROM orders");
    assertThat(retire("use dependents" + COLUMN))
        .satisfies(
            finding -> {
              assertThat(finding.verdict()).isEqualTo(Verdict.BLOCKED);
              assertThat(finding.detail()).contains("materialized view public.summed");
            });
  }

  @Test
  void whoReadsOnAStandbyIsNamedThere() throws Exception {
    standby.catchUp(database);
    try (Connection connection = standby.connect(database);
        Statement statement = connection.createStatement()) {
      statement.execute("SELECT total FROM orders");
    }
    assertThat(retire("use reads" + COLUMN).verdict()).isEqualTo(Verdict.CLEAR);
    assertThat(retire(onStandby()))
        .satisfies(
            finding -> {
              assertThat(finding.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
              assertThat(finding.detail()).startsWith("still used: SELECT total FROM orders, by");
            });
  }

  @Test
  void aStandbyThatNobodyNamedOrThatDoesNotAnswerIsSaid() throws Exception {
    assertThat(
            finding(
                gate(StageName.RETIRE, Standbys.NONE), "use reads" + COLUMN + " on other standbys"))
        .satisfies(
            finding -> {
              assertThat(finding.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
              assertThat(finding.detail()).startsWith("1 of the standbys");
            });
    assertThat(
            finding(
                gate(
                    StageName.RETIRE,
                    Standbys.of(List.of(DatabaseUrl.parse("postgresql://app:x@127.0.0.1:1/x")))),
                "use reads" + COLUMN + " on standby 127.0.0.1:1/x"))
        .satisfies(
            finding -> {
              assertThat(finding.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
              assertThat(finding.detail()).contains("it could not be asked");
            });
  }

  @Test
  void whatRunsNowIsNamedWhoeverRunsIt() throws Exception {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("SET application_name = 'report'");
      statement.execute("BEGIN");
      statement.execute("DECLARE c CURSOR FOR SELECT total FROM orders");
      assertThat(retire("use reads" + COLUMN).detail()).contains("of postgres (report, ");
    }
  }

  @Test
  void whoWritesItIsNamed() throws Exception {
    client("UPDATE orders SET total = 7 WHERE id = 1");
    assertThat(retire("use writes" + COLUMN))
        .satisfies(
            finding -> {
              assertThat(finding.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
              assertThat(finding.detail())
                  .startsWith("still written: app as user postgres, last at 2");
              assertThat(finding.cure()).contains("total_amount");
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "SELECT pg_stat_statements_reset(); threw statements away",
        "DROP EXTENSION pg_stat_statements; is not there",
        "ALTER DATABASE %s SET pg_stat_statements.track TO 'none'; not every session counts",
        "SELECT pg_stat_statements_reset(0, 0, queryid) FROM pg_stat_statements"
            + " WHERE query LIKE 'SELECT total%%'; single statements were reset"
      })
  void whatCouldNotBeSeenIsSaid(String mishap, String words) throws Exception {
    journey.sql(mishap.formatted(database.name()));
    assertThat(retire("use reads" + COLUMN))
        .satisfies(
            finding -> {
              assertThat(finding.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
              assertThat(finding.detail()).contains(words);
            });
  }

  @Test
  void evictedStatementsAreSaid() throws Exception {
    // More of them than are kept, each with another row of operators.
    client(
        "SET pg_stat_statements.track TO 'all'",
        """
        DO $$ BEGIN
          FOR i IN 1..32767 LOOP
            EXECUTE 'SELECT ' || translate(
              replace(replace(i::bit(15)::text, '0', 'a+'), '1', 'a*'), 'a', '1') || '1';
          END LOOP;
        END $$""");
    assertThat(retire("use reads" + COLUMN).detail()).contains("threw statements away");
  }

  @ParameterizedTest
  @CsvSource({
    "DISABLE TRIGGER ALL, ENABLE TRIGGER ALL",
    "DISABLE TRIGGER \"~gatefold_%s.use_update\", ENABLE ALWAYS TRIGGER \"~gatefold_%s.use_update\""
  })
  void aRecorderThatWasTouchedIsSaid(String off, String on) throws Exception {
    String token =
        journey
            .rows("SELECT DISTINCT substr(tgname, 11, 12) FROM pg_trigger WHERE tgname LIKE '~g%'")
            .get(0);
    journey.sql("ALTER TABLE orders " + off.formatted(token));
    assertThat(retire("use writes" + COLUMN).detail()).contains("dropped, disabled or changed");
    journey.sql("ALTER TABLE orders " + on.formatted(token));
    assertThat(retire("use writes" + COLUMN))
        .satisfies(
            finding -> {
              assertThat(finding.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
              assertThat(finding.detail()).contains("changed");
            });
  }

  @Test
  void beforeTheDropTheNamesAreThoseAfterTheSwap() throws Exception {
    client("SELECT total FROM orders");
    journey.promoted("x", StageName.RETIRE);
    assertThat(gate(StageName.DROP, named()))
        .allSatisfy(finding -> assertThat(finding.verdict()).isEqualTo(Verdict.CLEAR))
        .hasSize(4);
    client("SELECT amount FROM large", "SELECT total_amount FROM orders");
    assertThat(gate(StageName.DROP, named()))
        .allSatisfy(finding -> assertThat(finding.verdict()).isEqualTo(Verdict.CLEAR));
    client("SELECT * FROM orders");
    assertThat(finding(gate(StageName.DROP, named()), "use reads" + COLUMN).detail())
        .startsWith("still used: SELECT * FROM orders");
  }

  @Test
  void aRoleThatMayNotSeeOthersIsSaid() throws Exception {
    String role = "blind_" + database.name();
    journey.sql(
        "CREATE ROLE %1$s LOGIN; GRANT USAGE ON SCHEMA gatefold TO %1$s;".formatted(role)
            + " GRANT ALL ON ALL TABLES IN SCHEMA gatefold TO %1$s;".formatted(role)
            + " GRANT ALL ON ALL SEQUENCES IN SCHEMA gatefold TO %1$s".formatted(role));
    client("SELECT total FROM orders");
    Site site = Site.of(new Database(DatabaseUrl.parse(database.url(role))), TargetSettings.NONE);
    try (Connection connection = site.database().getConnection()) {
      assertThat(
              finding(
                  site.gate()
                      .measure(connection, journey.rollout("x"), StageName.RETIRE)
                      .findings(),
                  "use reads" + COLUMN))
          .satisfies(
              finding -> {
                assertThat(finding.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
                assertThat(finding.detail()).contains("statements of other users are hidden");
              });
    } finally {
      journey.sql("DROP OWNED BY %1$s; DROP ROLE %1$s".formatted(role));
    }
  }

  @Test
  void aViewOverWholeRowsReadsTheColumnToo() throws Exception {
    journey.sql("CREATE VIEW whole AS SELECT o FROM orders o");
    client("SELECT * FROM whole");
    assertThat(retire("use reads" + COLUMN).detail())
        .contains("SELECT * FROM whole, by user postgres");
  }

  @Test
  void whereTheNameStaysNothingIsAskedOfStatements() throws Exception {
    journey.sql("CREATE TABLE items (id int PRIMARY KEY, price int)");
    journey.submitted(
        """
        change: y
        operations:
          - alter_column: {table: items, column: price, type: bigint}
        """);
    for (StageName stage : List.of(StageName.EXPAND, StageName.BACKFILL)) {
      journey.promote("y", stage);
    }
    client("SELECT price FROM items", "INSERT INTO items (id, price) VALUES (1, 7)");
    Site site =
        Site.of(new Database(DatabaseUrl.parse(database.url())), TargetSettings.of(named()));
    try (Connection connection = site.database().getConnection()) {
      for (StageName stage : List.of(StageName.RETIRE, StageName.DROP)) {
        assertThat(
                site.gate().measure(connection, journey.rollout("y"), stage).findings().stream()
                    .filter(finding -> finding.check().startsWith("use ")))
            .hasSize(3)
            .allSatisfy(finding -> assertThat(finding.verdict()).isEqualTo(Verdict.CLEAR));
        journey.promote("y", stage);
      }
    }
  }

  /** With a soak of a day for {@code retire}. */
  private List<Finding> soaking() throws SQLException {
    GateSettings day =
        new GateSettings(Duration.ofDays(1), 0, List.of(), List.of(), List.of(), Optional.empty());
    return gate(
        StageName.RETIRE,
        TargetSettings.of(
            named(), new Gates(GateSettings.NONE, GateSettings.NONE, day, GateSettings.NONE)));
  }

  /** As if all that was noted until now had been noted so long before. */
  private void later(String interval) throws SQLException {
    journey.sql(
        """
        ALTER TABLE gatefold.history DISABLE TRIGGER USER;
        UPDATE gatefold.history SET at = at - interval '%1$s';
        ALTER TABLE gatefold.history ENABLE TRIGGER USER;
        UPDATE gatefold.use_seen SET at = at - interval '%1$s';
        UPDATE gatefold.recorder SET since = since - interval '%1$s';
        UPDATE gatefold.statement_look SET since = since - interval '%1$s',
          lost_at = lost_at - interval '%1$s';
        UPDATE gatefold.statement_seen SET last_rise = last_rise - interval '%1$s'
        """
            .formatted(interval));
  }

  @Test
  void useWithinTheSoakIsWaitedForAndOlderUseIsNot() throws Exception {
    later("2 days");
    assertThat(soaking())
        .hasSize(4)
        .allSatisfy(finding -> assertThat(finding.verdict()).isEqualTo(Verdict.CLEAR));
    client("SELECT total FROM orders", "UPDATE orders SET total = 7 WHERE id = 1");
    assertThat(soaking())
        .filteredOn(finding -> finding.verdict() == Verdict.WAITING)
        .extracting(Finding::check)
        .containsExactly("use writes" + COLUMN, "use reads" + COLUMN);
    later("23 hours");
    assertThat(soaking()).filteredOn(finding -> finding.verdict() == Verdict.WAITING).hasSize(2);
    later("2 hours");
    assertThat(soaking())
        .allSatisfy(finding -> assertThat(finding.verdict()).isEqualTo(Verdict.CLEAR));
  }

  @Test
  void useIsAnsweredForWithAReasonOnlyWhereNoSoakIsSet() throws Exception {
    client("SELECT total FROM orders");
    assertThat(
            journey
                .rollouts()
                .promote(
                    new ChangeName("x"), PromotionOrder.of(StageName.RETIRE), StageListener.SILENT))
        .isInstanceOf(Outcome.Blocked.class);
    assertThat(journey.promote("x", StageName.RETIRE)).isInstanceOf(Outcome.Done.class);
  }
}
