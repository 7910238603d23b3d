package dev.gatefold.executor.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.planner.plan.StageName;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code retire: revoke}: the old column keeps its name, and nobody may use it any more. */
class DenyTest {

  private static final String TABLE =
      """
          CREATE TABLE %1$s.t (
            id int PRIMARY KEY, total int NOT NULL DEFAULT 0 CHECK (total >= 0), note text,
            "Odd ""one" text);
          INSERT INTO %1$s.t SELECT i, i, 'n' || i FROM generate_series(1, 500) i;
          CREATE INDEX ON %1$s.t (total);
          COMMENT ON COLUMN %1$s.t.total IS 'in cents';
          GRANT SELECT ON %1$s.t TO deny_reader, "Deny ""Q"" x";
          GRANT SELECT (note) ON %1$s.t TO deny_reader WITH GRANT OPTION;
          GRANT SELECT, INSERT, UPDATE, REFERENCES, DELETE ON %1$s.t TO deny_writer WITH GRANT OPTION;
          GRANT SELECT (note), UPDATE (total) ON %1$s.t TO deny_writer;
          GRANT SELECT (id, total), UPDATE (total) ON %1$s.t TO deny_clerk;
          GRANT INSERT (total) ON %1$s.t TO deny_clerk WITH GRANT OPTION;
          GRANT UPDATE ON %1$s.t TO PUBLIC;
          CREATE VIEW %1$s.v AS SELECT id, total AS cents FROM %1$s.t;
          GRANT SELECT ON %1$s.v TO deny_reader;
          """;

  private static final String OPERATION =
      "  - alter_column: {table: t, column: total, to: amount, type: bigint}\n";

  private static final String REVOKE = "retire: revoke\n";

  private static final String FILE = "change: c\noperations:\n" + OPERATION + REVOKE;

  private static final String DENIED = "permission denied for table t";

  private static Journey shared;

  @BeforeAll
  static void retireOne() throws Exception {
    shared = retired();
    shared.sql(
        """
        CREATE FUNCTION reads_old() RETURNS bigint LANGUAGE sql
          AS 'SELECT sum(total) FROM public.t'""");
  }

  @AfterAll
  static void close() throws Exception {
    shared.close();
  }

  private static Journey retired() throws Exception {
    return DenyRoles.journey(TABLE.replace("%1$s", "public"))
        .submitted(FILE)
        .promoted("c", StageName.RETIRE);
  }

  @Test
  void thereItIsTheSameAsARenameAndBackAsItWas() throws Exception {
    new Carrying(
            TABLE,
            OPERATION + REVOKE,
            """
            DROP VIEW twin.v;
            ALTER TABLE twin.t ALTER total TYPE bigint;
            ALTER TABLE twin.t RENAME total TO amount;
            CREATE VIEW twin.v AS SELECT id, amount AS cents FROM twin.t;
            GRANT SELECT ON twin.v TO deny_reader;
            """)
        .holds();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT total FROM t",
        "SELECT * FROM t",
        "TABLE t",
        "SELECT t FROM t",
        "SELECT count(total) FROM t",
        "SELECT id FROM t WHERE total > 3",
        "COPY t TO STDOUT",
        "COPY t (id, total) TO STDOUT",
        "LOCK TABLE t IN ACCESS SHARE MODE",
        "SELECT reads_old()",
        "PREPARE p AS SELECT total FROM t; EXECUTE p",
      })
  void aReaderIsDeniedTheOldColumn(String sql) throws Exception {
    for (String role : List.of("deny_reader", "\"Deny \"\"Q\"\" x\"")) {
      assertThat(DenyRoles.attempt(shared, role, sql)).isEqualTo(DENIED);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ':',
      value = {
        "deny_writer : INSERT INTO t VALUES (900, 1)",
        "deny_writer : INSERT INTO t (id, total) VALUES (900, 1)",
        "deny_writer : UPDATE t SET total = 1",
        "deny_writer : UPDATE t SET note = 'x' RETURNING *",
        "deny_writer : DELETE FROM t RETURNING total",
        "deny_writer : INSERT INTO t (id) VALUES (1) ON CONFLICT (id) DO UPDATE SET total = 2",
        "deny_clerk : SELECT total FROM t",
        "deny_clerk : UPDATE t SET total = 1",
        "deny_clerk : INSERT INTO t (total) VALUES (1)",
      })
  void aWriterIsDeniedIt(String role, String sql) throws Exception {
    assertThat(DenyRoles.attempt(shared, role, sql)).isEqualTo(DENIED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ':',
      value = {
        "deny_reader : SELECT id, amount, note FROM t",
        "deny_reader : SELECT count(*) FROM t",
        "deny_reader : SELECT ctid, xmin, tableoid FROM t",
        "deny_reader : SELECT cents FROM v",
        "deny_reader : COPY (SELECT id, amount FROM t) TO STDOUT",
        "deny_writer : INSERT INTO t (id, amount) VALUES (900, 1) RETURNING id, amount",
        "deny_writer : INSERT INTO t (id) VALUES (1) ON CONFLICT (id) DO UPDATE SET amount = 2",
        "deny_writer : SELECT id FROM t FOR UPDATE",
        "deny_writer : UPDATE t SET amount = amount + 1 WHERE note = 'n7'",
        "deny_writer : DELETE FROM t WHERE id = 8",
        "deny_writer : GRANT SELECT (amount) ON t TO deny_reader",
        "deny_clerk : UPDATE t SET amount = 1 WHERE id = 7",
        "deny_clerk : SELECT id, amount FROM t",
      })
  void allElseGoesOn(String role, String sql) throws Exception {
    assertThat(DenyRoles.attempt(shared, role, sql)).isEqualTo("ok");
  }

  @Test
  void whatIsWrittenWhileItIsDeniedIsThereAfterTheWayBack() throws Exception {
    try (Journey journey = retired()) {
      journey.sql("SET SESSION AUTHORIZATION deny_writer; UPDATE t SET amount = 77 WHERE id = 7");
      assertThat(journey.rollback("c", Optional.of(RolloutState.PLANNED)))
          .isInstanceOf(Outcome.Done.class);
      assertThat(journey.rows("SELECT total FROM t WHERE id = 7")).containsExactly("77");
    }
  }

  @Test
  void whatSomebodyTookAwayMeanwhileStaysAway() throws Exception {
    try (Journey journey = retired()) {
      journey.sql(
          """
          REVOKE SELECT ON t FROM deny_reader;
          REVOKE UPDATE (note) ON t FROM PUBLIC;
          DROP OWNED BY "Deny ""Q"" x";
          """);
      journey.promoted("c", StageName.DROP);
      assertThat(DenyRoles.attempt(journey, "deny_reader", "SELECT id FROM t")).isEqualTo(DENIED);
      assertThat(DenyRoles.attempt(journey, "deny_reader", "UPDATE t SET note = ''"))
          .isEqualTo(DENIED);
      assertThat(DenyRoles.attempt(journey, "deny_writer", "TABLE t")).isEqualTo("ok");
      assertThat(journey.rows("SELECT count(*) FROM gatefold.lent_right")).containsExactly("0");
    }
  }

  @Test
  void whatSomebodyGrantedMeanwhileStays() throws Exception {
    try (Journey journey = retired()) {
      journey.sql("GRANT SELECT (amount, note) ON t TO deny_clerk");
      journey.sql("SET SESSION AUTHORIZATION deny_writer; GRANT SELECT (id) ON t TO deny_clerk");
      assertThat(journey.rollback("c", Optional.of(RolloutState.BACKFILLED)))
          .isInstanceOf(Outcome.Done.class);
      assertThat(DenyRoles.attempt(journey, "deny_clerk", "SELECT id, amount, note, total FROM t"))
          .isEqualTo("ok");
      assertThat(DenyRoles.attempt(journey, "deny_writer", "TABLE t")).isEqualTo("ok");
    }
  }

  @Test
  void aRightThatAnotherRoleGrantedSincePlanningKeepsTheStageFromRunning() throws Exception {
    try (Journey journey =
        DenyRoles.journey(TABLE.replace("%1$s", "public"))
            .submitted(FILE)
            .promoted("c", StageName.BACKFILL)) {
      journey.sql("SET SESSION AUTHORIZATION deny_writer; GRANT INSERT ON t TO deny_reader");
      assertThat(journey.promote("c", StageName.RETIRE).toString())
          .contains("a right on public.t was granted by another role than its owner");
      journey.sql("SET SESSION AUTHORIZATION deny_writer; REVOKE INSERT ON t FROM deny_reader");
      assertThat(journey.promote("c", StageName.RETIRE)).isInstanceOf(Outcome.Done.class);
    }
  }
}
