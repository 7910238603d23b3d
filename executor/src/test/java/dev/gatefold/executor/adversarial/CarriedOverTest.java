package dev.gatefold.executor.adversarial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatefold.executor.journey.Journey;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.planner.plan.StageName;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What hangs on the column or on the key comes over exactly, compared with plain DDL on a twin. */
class CarriedOverTest {

  private static final String CHANGE =
      "change: x\noperations:\n  - alter_column: {table: %s, column: %s, type: bigint}";

  @Test
  void c6_uniqueIndexWithIncludeDescAndExpressionOnTheAlteredColumn() throws Exception {
    String table =
        """
        CREATE TABLE %1$s.orders (
          id int PRIMARY KEY, tenant text NOT NULL, no int NOT NULL, email text, note text);
        CREATE UNIQUE INDEX with_include ON %1$s.orders (tenant, no DESC NULLS LAST) INCLUDE (email);
        CREATE UNIQUE INDEX with_expression ON %1$s.orders (tenant text_pattern_ops, abs(no), lower(email))
          WHERE no <> 7;
        CREATE INDEX only_expression ON %1$s.orders ((no + 1) DESC, (id + no));
        ALTER TABLE %1$s.orders ADD CONSTRAINT uq UNIQUE (tenant, no) INCLUDE (note) DEFERRABLE;
        INSERT INTO %1$s.orders SELECT i, 't' || i %% 3, i, 'm' || i FROM generate_series(1, 900) i;
        """;
    try (Journey journey = twins(table)) {
      List<String> before = journey.catalog("orders");
      journey.submitted(CHANGE.formatted("orders", "no")).promoted("x", StageName.RETIRE);
      assertThatThrownBy(() -> journey.sql("INSERT INTO orders VALUES (1000, 't1', -1, 'M1', 'x')"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("with_expression");
      assertThat(journey.rollback("x", Optional.of(RolloutState.PLANNED)))
          .isInstanceOf(Outcome.Done.class);
      assertThat(journey.catalog("orders")).isEqualTo(before);

      journey.submitted(CHANGE.formatted("orders", "no")).promoted("x", StageName.DROP);
      journey.sql("ALTER TABLE twin.orders ALTER no TYPE bigint");
      assertTwins(journey, "orders");
    }
  }

  @Test
  void c7_compositeForeignKeyWhoseNamesSortDifferently() throws Exception {
    String tables =
        """
        CREATE TABLE %1$s.parent (y int, x int, PRIMARY KEY (x, y));
        INSERT INTO %1$s.parent SELECT i + 1000, i FROM generate_series(1, 50) i;
        CREATE TABLE %1$s.child (
          id int PRIMARY KEY, a_ref int, b_ref int,
          CONSTRAINT pair FOREIGN KEY (b_ref, a_ref) REFERENCES %1$s.parent (x, y)
            ON UPDATE CASCADE ON DELETE SET NULL);
        INSERT INTO %1$s.child SELECT i, i %% 50 + 1001, i %% 50 + 1 FROM generate_series(1, 500) i;
        """;
    try (Journey journey = twins(tables)) {
      journey.submitted(CHANGE.formatted("child", "b_ref")).promoted("x", StageName.RETIRE);
      assertThatThrownBy(() -> journey.sql("UPDATE child SET b_ref = 2 WHERE id = 50"))
          .isInstanceOf(SQLException.class)
          .extracting(e -> ((SQLException) e).getSQLState())
          .isEqualTo("23503");
      for (String schema : List.of("public", "twin")) {
        journey.sql(
            """
            UPDATE %1$s.parent SET x = 70 WHERE x = 7;
            DELETE FROM %1$s.parent WHERE x = 8;
            """
                .formatted(schema));
      }
      journey.promoted("x", StageName.DROP);
      journey.sql("ALTER TABLE twin.child ALTER b_ref TYPE bigint");
      assertTwins(journey, "child");
      assertThat(journey.rows("SELECT * FROM child EXCEPT SELECT * FROM twin.child")).isEmpty();
    }
  }

  @Test
  void c8_generatedAlwaysPrimaryKey() throws Exception {
    try (Journey journey =
        Journey.on(
            Desk.orders(
                "no bigint GENERATED ALWAYS AS IDENTITY (START 10 INCREMENT 5),"
                    + " id bigserial UNIQUE",
                "PRIMARY KEY (no)"))) {
      underTraffic(journey);
      assertThat(journey.rows("SELECT count(*) FROM orders WHERE no % 5 <> 0"))
          .containsExactly("0");
      assertThatThrownBy(() -> journey.sql("INSERT INTO orders (no, mail) VALUES (1, 'x')"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("GENERATED ALWAYS");
    }
  }

  @Test
  void c9_primaryKeyInAnotherOrderThanTheColumns() throws Exception {
    try (Journey journey =
        Journey.on(
            Desk.orders(
                "a int NOT NULL DEFAULT 3, id bigserial UNIQUE, b int NOT NULL DEFAULT 0",
                "PRIMARY KEY (b, id, a)"))) {
      journey.sql("UPDATE orders SET b = id % 11, a = -id");
      underTraffic(journey);
    }
  }

  private static void underTraffic(Journey journey) throws Exception {
    journey.submitted(
        """
        change: x
        operations:
          - rename_column: {table: orders, column: email, to: mail}
        backfill: {target_batch_time: 1ms, ignore_signals: [active_sessions]}
        """);
    try (Desk desk = new Desk(journey, "email")) {
      journey.promoted("x", StageName.BACKFILL);
      desk.deploy("mail");
      journey.promoted("x", StageName.DROP);
      desk.assertNothingLost("mail");
    }
  }

  private static Journey twins(String schema) throws SQLException {
    return Journey.on(
        "CREATE SCHEMA twin;" + schema.formatted("public") + schema.formatted("twin"));
  }

  private static void assertTwins(Journey journey, String table) throws SQLException {
    assertThat(journey.pictureWithoutSchemas(table))
        .isEqualTo(journey.pictureWithoutSchemas("twin." + table));
  }
}
