package dev.gatefold.executor.direct;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.journey.Journey;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.plan.Plan;
import dev.gatefold.planner.plan.Stage;
import dev.gatefold.planner.plan.StageName;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** {@code straight: when_small}: plain DDL as a plan of one stage. */
class StraightPlanTest {

  private static final String SCHEMA =
      """
      CREATE TABLE kinds (id int PRIMARY KEY, name text);
      CREATE TABLE orders (
        id int PRIMARY KEY, kind int REFERENCES kinds, total int CHECK (total >= 0), note text, old text);
      CREATE TABLE lines (id int PRIMARY KEY, "order" int REFERENCES orders);
      CREATE VIEW totals AS SELECT id, total FROM orders;
      INSERT INTO kinds VALUES (1, 'a'), (2, 'b');
      INSERT INTO orders SELECT i, 1 + i % 2, i, 'n' || i, 'o' FROM generate_series(1, 100) i;
      INSERT INTO lines SELECT i, i FROM generate_series(1, 100) i;
      """;

  @Test
  void comesBackWhereNothingIsLost() throws Exception {
    straight(
            """
            - add_column: {table: orders, column: cents, type: bigint, nullable: false, up: total * 100, check: cents >= 0}
            - create_index: {table: orders, name: by_note, columns: [note DESC]}
            - rename_column: {table: kinds, column: name, to: label}
            - drop_constraint: {table: orders, name: orders_kind_fkey}
            - add_constraint: {table: lines, name: one_each, unique: [order]}
            """)
        .equals(
            """
            ALTER TABLE orders ADD cents bigint;
            UPDATE orders SET cents = total * 100;
            ALTER TABLE orders ALTER cents SET NOT NULL, ADD CHECK (cents >= 0), DROP CONSTRAINT orders_kind_fkey;
            CREATE INDEX by_note ON orders (note DESC);
            ALTER TABLE kinds RENAME name TO label;
            ALTER TABLE lines ADD CONSTRAINT one_each UNIQUE ("order");
            """);
  }

  /** For which there is no way beside traffic. */
  @Test
  void addsAnExclusionConstraintToATableWithRows() throws Exception {
    straight(
            "- add_constraint: {table: kinds, name: no_two,"
                + " exclude: {using: btree, elements: [name WITH =]}}")
        .equals("ALTER TABLE kinds ADD CONSTRAINT no_two EXCLUDE USING btree (name WITH =)");
  }

  @Test
  void changesTypesUnderViewsAndForeignKeys() throws Exception {
    straight(
            """
            - alter_column: {table: orders, column: id, type: bigint}
            - alter_column: {table: orders, column: total, to: amount, type: "numeric(12,2)", nullable: false, default: "1", up: "coalesce(total / 100.0, 0)", down: (amount * 100)::int}
            - drop_column: {table: orders, column: old}
            """)
        .equals(
            """
            DROP VIEW totals;
            ALTER TABLE orders ALTER id TYPE bigint, ALTER total TYPE numeric(12,2) USING coalesce(total / 100.0, 0), DROP old;
            CREATE VIEW totals AS SELECT id, total FROM orders;
            ALTER TABLE orders RENAME total TO amount;
            ALTER TABLE orders ALTER amount SET NOT NULL, ALTER amount SET DEFAULT 1;
            """);
  }

  @Test
  void isOneStageWhoseWayBackIsKnownBefore() throws Exception {
    try (Journey journey = Journey.on(SCHEMA)) {
      journey.submitted(file("- rename_table: {table: kinds, to: sorts}"));
      assertThat(plan(journey).stages()).singleElement().matches(Stage::reversible);
    }
    try (Journey journey = Journey.on(SCHEMA)) {
      journey.submitted(file("- drop_column: {table: orders, column: old}"));
      assertThat(plan(journey).stages())
          .singleElement()
          .matches(stage -> stage.name() == StageName.EXPAND && !stage.reversible());
      assertThat(plan(journey).hazards())
          .filteredOn(hazard -> hazard.code().equals("straight"))
          .extracting(hazard -> hazard.object())
          .containsExactly("public.orders");
    }
  }

  @Test
  void aTableThatIsNotSmallIsRefusedWithItsSize() throws Exception {
    DirectCase large =
        DirectCase.of(
                SCHEMA
                    + "INSERT INTO lines (id) SELECT generate_series(1000, 15000); ANALYZE lines",
                "- alter_column: {table: orders, column: id, type: bigint}\n"
                    + "- create_index: {table: lines, name: i, columns: [id]}")
            .straight();

    assertThat(large.refusals())
        .singleElement()
        .asString()
        .startsWith("not-small: public.lines: the table has 14,101 rows and 0 MB")
        .contains("fewer than 10,000 rows and less than 16 MB");
  }

  @Test
  void aTableThatHasGrownMeanwhileStopsAndStaysAsItIs() throws Exception {
    try (Journey journey = Journey.on(SCHEMA)) {
      // It refers to what is changed; the change does not name it.
      journey.submitted(file("- alter_column: {table: orders, column: id, type: bigint}"));
      journey.sql("INSERT INTO lines (id) SELECT generate_series(1000, 15000)");

      assertThat(journey.promote("direct", StageName.EXPAND))
          .isInstanceOfSatisfying(
              Outcome.Stopped.class,
              stopped ->
                  assertThat(stopped.message())
                      .containsPattern(
                          "public.lines is not small any more.*it has \\d+ kB in 10000 rows or more"));
      assertThat(journey.rows("SELECT pg_typeof(id) FROM orders LIMIT 1"))
          .containsExactly("integer");
    }
  }

  @Test
  void rowsOfANewTableAreNotLostOnTheWayBack() throws Exception {
    try (Journey journey = Journey.on("")) {
      journey.submitted(
          file(
              "- create_table: {table: fresh, columns: [{name: id, type: int}], primary_key: [id]}"));
      assertThat(journey.promote("direct", StageName.EXPAND)).isInstanceOf(Outcome.Done.class);
      journey.sql("INSERT INTO fresh VALUES (1)");

      assertThat(journey.rollback("direct", Optional.empty()))
          .isInstanceOfSatisfying(
              Outcome.Stopped.class,
              stopped -> assertThat(stopped.message()).contains("public.fresh has rows"));
      assertThat(journey.rows("SELECT id FROM fresh")).containsExactly("1");
    }
  }

  private static DirectCase straight(String operations) {
    return DirectCase.of(SCHEMA, operations).straight();
  }

  private static String file(String operations) {
    return "change: direct\noperations:\n  " + operations + "\nstraight: when_small\n";
  }

  private static Plan plan(Journey journey) throws Exception {
    return journey.rollouts().find(new ChangeName("direct")).orElseThrow().plan();
  }
}
