package dev.gatefold.executor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatefold.executor.LiveRollouts;
import dev.gatefold.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code gatefold test}: a trial on a copy. */
class TrialVerbTest {

  private static final String TABLES =
      """
      CREATE TABLE regions (code text PRIMARY KEY);
      CREATE TABLE customers (
        id int PRIMARY KEY, region text REFERENCES regions, boss int REFERENCES customers);
      CREATE TABLE orders (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        customer int NOT NULL REFERENCES customers, total int CHECK (total > 0), note text);
      INSERT INTO regions SELECT 'region ' || i FROM generate_series(1, 50) i;
      INSERT INTO customers SELECT i, 'region ' || 50 - i % 40, nullif(i - 1, 0)
      FROM generate_series(1, 300) i;
      INSERT INTO orders (customer, total, note)
      SELECT 300 - i, i, 'sesame' FROM generate_series(1, 100) i;
      """;

  private static final String FILE =
      """
      change: amount
      operations:
        - alter_column: {table: orders, column: total, to: amount, type: bigint}
      gates:
        drop: {soak: 30d, approvals: 2}
      """;

  @TempDir private Path folder;
  private CommandRun command;

  @BeforeEach
  void start() throws Exception {
    command = new CommandRun(folder);
    command.opener = (url, settings, debug) -> LiveRollouts.open(url, settings);
    Files.writeString(folder.resolve("amount.yaml"), FILE);
  }

  @Test
  void aChangeIsTriedOnACopyAndTheDatabaseStaysAsItIs() throws Exception {
    try (TestDatabase database = TestDatabase.create()) {
      database.execute(TABLES);
      command.environment.put("GATEFOLD_URL", database.url());
      assertThat(command.run("test", "amount.yaml", "--rows", "20")).as(command.err()).isZero();
      assertThat(command.out())
          .contains("expand, undo of expand, expand, undo of expand, expand")
          .contains("expand.columns.public.orders: ACCESS EXCLUSIVE on public.orders")
          .contains("All is well", "written by an application of the old version meanwhile")
          .contains("other versions of PostgreSQL than")
          .doesNotContain("sesame");
      assertThat(database.queryLines("SELECT to_regnamespace('gatefold'), count(*) FROM orders"))
          .containsExactly("null|100");
    }
  }

  @Test
  void jsonSaysWhatWasSeenOfEachStep() throws Exception {
    try (TestDatabase database = TestDatabase.create()) {
      database.execute(TABLES);
      command.environment.put("GATEFOLD_URL", database.url());
      assertThat(command.run("test", "amount.yaml", "-o", "json")).as(command.err()).isZero();
    }
    JsonNode report = new ObjectMapper().readTree(command.out());
    assertThat(report.get("clean").asBoolean()).isTrue();
    assertThat(report.at("/writes/new").asLong()).isPositive();
    JsonNode first = report.get("steps").get(0);
    assertThat(first.get("stage").asText()).isEqualTo("expand");
    assertThat(first.get("locks_seen").get(0).get("relation").asText()).isEqualTo("public.orders");
    assertThat(first.get("locks_seen").get(0).get("lock").asText()).isEqualTo("ACCESS EXCLUSIVE");
  }

  @Test
  void aSavedSchemaIsEnough() throws Exception {
    try (TestDatabase database = TestDatabase.create()) {
      database.execute(TABLES);
      command.environment.put("GATEFOLD_URL", database.url());
      assertThat(command.run("schema", "snapshot", "-f", "shop.yaml")).isZero();
    }
    command.environment.clear();
    assertThat(command.run("test", "amount.yaml", "--schema", "shop.yaml"))
        .as(command.err())
        .isZero();
    assertThat(command.out()).contains("All is well", "rows: the snapshot of a schema has none");
  }

  @Test
  void whatThePlannerRefusesIsNotTried() throws Exception {
    Files.writeString(folder.resolve("amount.yaml"), FILE.replace("column: total", "column: none"));
    try (TestDatabase database = TestDatabase.create()) {
      database.execute(TABLES);
      command.environment.put("GATEFOLD_URL", database.url());
      assertThat(command.run("test", "amount.yaml")).isEqualTo(3);
      assertThat(command.err()).contains("the planner refuses the change");
    }
  }

  @Test
  void whatIsWrongIsSaid() throws Exception {
    assertThat(command.run("test", "amount.yaml", "--rows", "-1")).isEqualTo(2);
    assertThat(command.run("test", "amount.yaml", "--schema", "none.yaml")).isEqualTo(2);
    assertThat(command.err()).contains("there is no file none.yaml");
  }
}
