package dev.gatefold.executor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.database.Database;
import dev.gatefold.executor.database.DatabaseUrl;
import dev.gatefold.executor.gate.Evidence.Finding;
import dev.gatefold.executor.gate.Evidence.Verdict;
import dev.gatefold.executor.journey.Journey;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.standby.Standbys;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever still uses a column that goes is named. */
class LeavingUseTest {

  private static final String COLUMN = " public.orders.total";

  private TestDatabase database;
  private Journey journey;

  @BeforeEach
  void start() throws SQLException {
    database = TestDatabase.counting();
    database.execute(
        """
        CREATE TABLE orders (id int PRIMARY KEY, total int NOT NULL, note text);
        CREATE INDEX by_total ON orders (total);
        INSERT INTO orders SELECT i, i, 'n' FROM generate_series(1, 100) i;
        """);
    journey = Journey.on(database, Standbys.NONE);
    journey.submitted(
        "change: x\noperations:\n  - drop_column: {table: orders, column: total, down: 0}\n");
    journey.promoted("x", StageName.EXPAND);
  }

  @AfterEach
  void stop() throws SQLException {
    journey.close();
  }

  private void client(String sql) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private List<Finding> gate(StageName stage) throws SQLException {
    Site site =
        Site.of(new Database(DatabaseUrl.parse(database.url())), TargetSettings.of(Standbys.NONE));
    try (Connection connection = site.database().getConnection()) {
      return site.gate().measure(connection, journey.rollout("x"), stage).findings().stream()
          .filter(finding -> finding.check().startsWith("use "))
          .toList();
    }
  }

  private Finding finding(StageName stage, String check) throws SQLException {
    return gate(stage).stream()
        .filter(finding -> finding.check().equals(check + COLUMN))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void whatNobodyUsesIsClear() throws Exception {
    client("INSERT INTO orders (id, note) VALUES (101, 'x')");
    assertThat(gate(StageName.RETIRE))
        .allSatisfy(finding -> assertThat(finding.verdict()).isEqualTo(Verdict.CLEAR))
        .extracting(Finding::check)
        .containsExactly("use dependents" + COLUMN, "use reads" + COLUMN);
  }

  @Test
  void aStatementThatReadsOrWritesItIsNamed() throws Exception {
    client("SELECT total FROM orders");
    client("INSERT INTO orders (id, total) VALUES (101, 7)");
    Finding found = finding(StageName.RETIRE, "use reads");
    assertThat(found.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(found.detail())
        .contains("SELECT total FROM orders", "INSERT INTO orders (id, total)");
    assertThat(found.cure()).contains("do without it");
  }

  @Test
  void aFunctionThatUsesItIsNamed() throws Exception {
    journey.sql(
        "CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql"
            + " AS $$ BEGIN RETURN (SELECT sum(total) FROM orders); END $$");
    Finding found = finding(StageName.RETIRE, "use dependents");
    assertThat(found.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(found.detail()).contains("function f()");
  }

  @Test
  void whatCameToHangOnItBlocks() throws Exception {
    journey.sql("CREATE INDEX later ON orders (total)");
    assertThat(finding(StageName.RETIRE, "use dependents").verdict()).isEqualTo(Verdict.BLOCKED);
    journey.sql("DROP INDEX later; CREATE VIEW v AS SELECT total FROM orders");
    Finding found = finding(StageName.RETIRE, "use dependents");
    assertThat(found.verdict()).isEqualTo(Verdict.BLOCKED);
    assertThat(found.detail()).contains("view public.v");
  }

  @Test
  void theHiddenColumnIsWatchedToo() throws Exception {
    assertThat(journey.promote("x", StageName.RETIRE)).isInstanceOf(Outcome.Done.class);
    assertThat(gate(StageName.DROP))
        .allSatisfy(finding -> assertThat(finding.verdict()).isEqualTo(Verdict.CLEAR));
    journey.sql(
        "DO $$ BEGIN EXECUTE (SELECT format('CREATE VIEW v AS SELECT %I FROM orders', attname)"
            + " FROM pg_attribute WHERE attrelid = 'orders'::regclass"
            + " AND attname LIKE 'gatefold%'); END $$");
    assertThat(finding(StageName.DROP, "use dependents").verdict()).isEqualTo(Verdict.BLOCKED);
  }
}
