package dev.gatefold.executor.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.planner.plan.Hazard;
import dev.gatefold.planner.plan.Refusal.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What reads a column and cannot come along is named, before anything is touched. */
class ViewRefusalTest {

  private static final String TABLE =
      """
      CREATE TABLE t (id int PRIMARY KEY, a text, b text);
      CREATE TABLE u (id int, a text);
      CREATE VIEW v AS SELECT id, a FROM t;
      """;

  private static final String RENAME = "{table: t, column: a, to: z}";
  private static final String RETYPE = "{table: t, column: a, type: varchar(30)}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '`',
      textBlock =
          """
          CREATE MATERIALIZED VIEW m AS SELECT a FROM t ! rename ! not-carried ! public.m
          CREATE MATERIALIZED VIEW m AS SELECT a FROM v ! retype ! not-carried ! public.m depends on it
          CREATE TABLE holder (x v) ! retype ! not-carried ! public.holder depends on it
          CREATE POLICY p ON u USING (a IN (SELECT a FROM v)); ! retype ! not-carried ! policy p
          CREATE VIEW j AS SELECT * FROM t JOIN (SELECT a FROM u) x USING (a) ! rename ! does-not-fit ! by their position
          CREATE VIEW l AS SELECT y FROM t AS x (i, y) ! rename ! does-not-fit ! by their position
          CREATE RULE r AS ON INSERT TO u DO ALSO UPDATE t SET a = NEW.a ! rename ! not-carried ! rule on another
          CREATE VIEW w AS SELECT a FROM v UNION SELECT 'x'::bytea::text ! rename ! none ! none
          CREATE VIEW w AS SELECT substr(a, 1, 2) AS s FROM t ! rename ! none ! none
          CREATE VIEW w AS SELECT t FROM t ! rename ! not-carried ! public.w
          """)
  void isNamed(String sql, String change, String code, String words) throws Exception {
    try (Journey journey = Journey.on(TABLE + sql)) {
      Outcome outcome = submit(journey, change.equals("rename") ? RENAME : RETYPE);
      if (code.equals("none")) {
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
      } else {
        assertThat(reasons(outcome))
            .anySatisfy(
                reason -> {
                  assertThat(reason.code()).isEqualTo(code);
                  assertThat(reason.message()).contains(words);
                });
      }
    }
  }

  @Test
  void aViewThatWouldNotFitTheTypeIsRefusedInTheServersWords() throws Exception {
    try (Journey journey =
        Journey.on(TABLE + "CREATE VIEW w AS SELECT id FROM v WHERE a LIKE 'x%' AND a = '1'")) {
      assertThat(
              reasons(
                  submit(
                      journey,
                      "{table: t, column: a, type: int, same_meaning: true,"
                          + " up: \"length(a)\", down: \"repeat('x', a)\"}")))
          .anySatisfy(
              reason -> {
                assertThat(reason.code()).isEqualTo("does-not-fit");
                assertThat(reason.message()).contains("view public.w", "integer ~~ text");
              });
    }
  }

  @Test
  void aViewOfAnotherRoleIsNamed() throws Exception {
    try (Journey journey =
        Journey.asOwner(
            "view_owner",
            """
            CREATE TABLE t (id int PRIMARY KEY, a text);
            GRANT SELECT ON t TO pg_monitor;
            """)) {
      journey
          .database()
          .asSuperuser("CREATE VIEW v AS SELECT a FROM t; ALTER VIEW v OWNER TO pg_monitor");
      assertThat(reasons(submit(journey, RENAME)))
          .extracting(Reason::message)
          .containsExactly("view public.v reads the column: it belongs to another role");
    }
  }

  @Test
  void wholeRowsAreAHazard() throws Exception {
    try (Journey journey =
        Journey.on(TABLE + "CREATE VIEW w AS SELECT t::text AS row, id FROM t;")) {
      assertThat(submit(journey, RENAME)).isInstanceOf(Outcome.Done.class);
      assertThat(journey.rollout("x").plan().hazards())
          .filteredOn(hazard -> hazard.code().equals("whole-row"))
          .extracting(Hazard::message)
          .singleElement()
          .asString()
          .startsWith("view public.w");
    }
  }

  @Test
  void twoTablesUnderAViewWhoseTextWouldNotComeBackAreRefused() throws Exception {
    String change =
        """
        change: x
        operations:
          - alter_column: {table: t, column: a, type: numeric}
          - alter_column: {table: u, column: a, type: numeric%s}
        """;
    try (Journey journey =
        Journey.on(
            """
            CREATE TABLE t (id int PRIMARY KEY, a text);
            CREATE TABLE u (id int PRIMARY KEY, a text);
            CREATE VIEW casts AS SELECT t.a::numeric AS x, u.a::numeric AS y FROM t, u;
            """)) {
      assertThat(reasons(journey.submit(change.formatted(", to: z"))))
          .extracting(Reason::code)
          .containsExactly("shared-view");
      journey.sql("CREATE OR REPLACE VIEW casts AS SELECT 1.0 AS x, 2.0 AS y FROM t, u");
      assertThat(journey.submit(change.formatted(""))).isInstanceOf(Outcome.Done.class);
    }
  }

  private static Outcome submit(Journey journey, String operation) throws Exception {
    return journey.submit("change: x\noperations:\n  - alter_column: " + operation);
  }

  private static List<Reason> reasons(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Refused.class);
    return ((Outcome.Refused) outcome).refusal().reasons();
  }
}
