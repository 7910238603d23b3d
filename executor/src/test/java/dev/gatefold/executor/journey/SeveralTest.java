package dev.gatefold.executor.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.planner.plan.Refusal.Reason;
import dev.gatefold.planner.plan.StageName;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Several operations in a change, several changes in a database. */
class SeveralTest {

  private static final String TABLE =
      """
      CREATE TABLE %1$s (
        id int PRIMARY KEY,
        name text NOT NULL CONSTRAINT name_check CHECK (name <> ''),
        label varchar(10));
      INSERT INTO %1$s SELECT i, 'n' || i, i FROM generate_series(1, 500) i;
      """;

  private static final String TABLES =
      TABLE.formatted("a") + TABLE.formatted("b") + TABLE.formatted("\"A.\"\"b c\"");

  @Test
  void twoTablesWhoseColumnsAndConstraintsHaveTheSameNames() throws Exception {
    try (Journey journey = Journey.on(TABLES)) {
      List<String> before = journey.catalog("b");
      journey
          .submitted(
              """
              change: x
              operations:
                - rename_column: {table: a, column: name, to: full_name}
                - rename_column: {table: b, column: name, to: full_name}
                - rename_column: {table: '"A.""b c"', column: name, to: '"Full ""Name"'}
              """)
          .promoted("x", StageName.RETIRE);
      assertThat(journey.rollback("x", Optional.of(RolloutState.EXPANDED)))
          .isInstanceOf(Outcome.Done.class);
      journey.promoted("x", StageName.DROP);

      for (String table : List.of("a", "b")) {
        assertThat(journey.catalog(table))
            .anyMatch(line -> line.startsWith("column|full_name|text|true"))
            .anyMatch(line -> line.startsWith("constraint|name_check|CHECK ((full_name <>"))
            .hasSameSizeAs(before);
      }
      assertThat(journey.rows("SELECT count(\"Full \"\"Name\") FROM \"A.\"\"b c\""))
          .containsExactly("500");
    }
  }

  @Test
  void oneForGoodAndOneThatCanBeRolledBackDoNotGoTogether() throws Exception {
    try (Journey journey = Journey.on(TABLES)) {
      assertThat(
              journey.submit(
                  """
                  change: x
                  operations:
                    - alter_column: {table: a, column: label, type: varchar(20)}
                    - rename_column: {table: a, column: name, to: full_name}
                  """))
          .isInstanceOfSatisfying(
              Outcome.Refused.class,
              refused ->
                  assertThat(refused.refusal().reasons())
                      .extracting(Reason::code)
                      .containsExactly("irreversible-mixed"));
    }
  }

  @Test
  void aCompletedChangeIsNotTakenBackUnderAnotherOne() throws Exception {
    try (Journey journey = Journey.on(TABLES)) {
      journey
          .submitted(
              "change: x\noperations:\n  - alter_column: {table: a, column: name, nullable: true}")
          .promoted("x", StageName.EXPAND);
      journey.submitted(
          "change: y\noperations:\n  - rename_column: {table: a, column: name, to: other}");

      assertThat(journey.rollback("x", Optional.empty()))
          .isInstanceOfSatisfying(
              Outcome.OutOfOrder.class,
              outcome -> assertThat(outcome.message()).contains("\"y\" is under way"));
      journey.rollback("y", Optional.empty());
      assertThat(journey.rollback("x", Optional.empty())).isInstanceOf(Outcome.Done.class);
      assertThat(journey.rows("SELECT count(*) FROM gatefold.claim")).containsExactly("0");
    }
  }

  @Test
  void twoChangesOfOneTableGoOnBesideEachOther() throws Exception {
    try (Journey journey = Journey.on(TABLES)) {
      journey
          .submitted("change: x\noperations:\n  - rename_column: {table: a, column: name, to: n}")
          .submitted("change: y\noperations:\n  - rename_column: {table: a, column: label, to: l}")
          .promoted("x", StageName.BACKFILL)
          .promoted("y", StageName.RETIRE);
      journey.sql("UPDATE a SET n = 'both', l = 'ways' WHERE id = 1");
      journey.promoted("x", StageName.DROP).promoted("y", StageName.DROP);
      assertThat(journey.rows("SELECT n, l FROM a WHERE id = 1")).containsExactly("both|ways");
    }
  }
}
