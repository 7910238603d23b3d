package dev.gatefold.executor.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.journey.Journey;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.planner.plan.StageName;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who writes which side is written down, and nobody is the worse for it. */
class RecorderTest {

  private static final String TABLE =
      """
      CREATE TABLE orders (id int PRIMARY KEY, total int DEFAULT 5, note text);
      INSERT INTO orders SELECT i, i, 'n' FROM generate_series(1, 100) i;
      """;

  private static final String CHANGE =
      """
      change: x
      operations:
        - alter_column: {table: orders, column: total, to: total_amount, type: bigint}
      """;

  private static final String SEEN =
      "SELECT side, application, count(*) FROM gatefold.use_seen GROUP BY 1, 2 ORDER BY 1, 2";

  private static Journey backfilled() throws SQLException {
    return Journey.on(TABLE).submitted(CHANGE).promoted("x", StageName.BACKFILL);
  }

  /** What one session writes, under the name {@code app}. */
  private static void write(Journey journey, String... sql) throws SQLException {
    try (Connection connection = journey.database().connect()) {
      write(connection, "SET application_name = 'app'");
      write(connection, sql);
    }
  }

  private static void write(Connection connection, String... sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String one : sql) {
        statement.execute(one);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      delimiter = ';',
      value = {
        "UPDATE orders SET total = 7 WHERE id = 1; old",
        "UPDATE orders SET total_amount = 7 WHERE id = 1; new",
        "UPDATE orders SET total = 7, total_amount = 7 WHERE id = 1; both",
        "UPDATE orders SET note = 'x'; -",
        "UPDATE orders SET total = total, total_amount = total_amount; -",
        "DELETE FROM orders; -",
        "INSERT INTO orders (id, total) VALUES (101, 7); old",
        "INSERT INTO orders (id, total_amount) VALUES (101, 7); new",
        "INSERT INTO orders (id, total, total_amount) VALUES (101, 7, 7); both",
        "INSERT INTO orders (id) VALUES (101); -",
        "INSERT INTO orders (id, total) VALUES (101, 5), (102, NULL); -",
        "INSERT INTO orders (id, total) VALUES (1, 7) ON CONFLICT (id) DO NOTHING; old"
      })
  void theSideIsWhatTheWriteSets(String sql, String side) throws SQLException {
    try (Journey journey = backfilled()) {
      assertThat(journey.rows(SEEN)).isEmpty();
      write(journey, sql);
      assertThat(journey.rows(SEEN)).isEqualTo(side == null ? List.of() : List.of(side + "|app|1"));
    }
  }

  @Test
  void aSessionIsWrittenDownOnceAMinuteForEachSideAndAnotherOneByItself() throws SQLException {
    try (Journey journey = backfilled()) {
      String[] minute = {
        "BEGIN",
        "UPDATE orders SET total = total + 1",
        "UPDATE orders SET total = total + 1",
        "UPDATE orders SET total_amount = total_amount + 1",
        "COMMIT"
      };
      write(journey, minute);
      assertThat(journey.rows(SEEN)).containsExactly("new|app|1", "old|app|1");
      write(journey, minute);
      assertThat(journey.rows(SEEN)).containsExactly("new|app|2", "old|app|2");
    }
  }

  @Test
  void whatIsRolledBackIsForgottenAndTheNextWriteIsWrittenDown() throws SQLException {
    try (Journey journey = backfilled()) {
      write(
          journey,
          "BEGIN",
          "UPDATE orders SET total = 7",
          "ROLLBACK",
          "BEGIN",
          "SAVEPOINT s",
          "UPDATE orders SET total = 8",
          "ROLLBACK TO s",
          "COMMIT");
      assertThat(journey.rows(SEEN)).isEmpty();
      write(
          journey,
          "BEGIN",
          "UPDATE orders SET total = 7",
          "ROLLBACK",
          "UPDATE orders SET total = 9");
      assertThat(journey.rows(SEEN)).containsExactly("old|app|1");
    }
  }

  @Test
  void neitherTheBackfillNorAWriteOfOtherColumnsIsWrittenDown() throws SQLException {
    try (Journey journey = Journey.on(TABLE).submitted(CHANGE).promoted("x", StageName.EXPAND)) {
      write(journey, "UPDATE orders SET note = 'x'");
      journey.promote("x", StageName.BACKFILL);
      assertThat(journey.rows("SELECT count(*) FROM orders WHERE total_amount IS NULL"))
          .containsExactly("0");
      assertThat(journey.rows(SEEN)).isEmpty();
    }
  }

  @Test
  void nobodyWaitsForAnybody() throws SQLException {
    try (Journey journey = backfilled();
        Connection one = journey.database().connect();
        Connection other = journey.database().connect()) {
      write(one, "BEGIN", "UPDATE orders SET total = 7 WHERE id = 1");
      write(other, "SET lock_timeout = '5s'", "BEGIN", "UPDATE orders SET total = 7 WHERE id = 2");
      journey.sql("SET lock_timeout = '5s'; DELETE FROM gatefold.use_seen");
      write(other, "COMMIT");
      write(one, "COMMIT");
      assertThat(journey.rows("SELECT count(*) FROM gatefold.use_seen")).containsExactly("2");
    }
  }

  @Test
  void aWriterNeedsNoRightOfOurs() throws SQLException {
    try (Journey journey = Journey.asSuperuser(TABLE)) {
      journey.submitted(CHANGE).promoted("x", StageName.BACKFILL);
      String role = "writer_" + journey.database().name();
      journey.sql(
          """
          CREATE ROLE %1$s;
          REVOKE ALL ON SCHEMA gatefold FROM PUBLIC;
          REVOKE ALL ON ALL TABLES IN SCHEMA gatefold FROM PUBLIC;
          REVOKE ALL ON ALL FUNCTIONS IN SCHEMA gatefold FROM PUBLIC;
          GRANT SELECT, UPDATE ON orders TO %1$s;"""
              .formatted(role));
      write(
          journey,
          "SET SESSION AUTHORIZATION " + role,
          "SET search_path TO ''",
          "UPDATE public.orders SET total = 7");
      assertThat(journey.rows("SELECT side, login FROM gatefold.use_seen"))
          .containsExactly("old|" + role);
      journey.sql("DROP OWNED BY %1$s; DROP ROLE %1$s".formatted(role));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ALTER TABLE gatefold.use_seen ADD CHECK (false)",
    "ALTER TABLE gatefold.use_seen RENAME TO gone",
    "DROP TABLE gatefold.use_seen"
  })
  void whereNothingCanBeWrittenDownTheWriteGoesOn(String mishap) throws SQLException {
    try (Journey journey = backfilled()) {
      journey.sql(mishap);
      write(journey, "UPDATE orders SET total = 7", "UPDATE orders SET total = 8");
      assertThat(journey.rows("SELECT DISTINCT total, total_amount FROM orders"))
          .containsExactly("8|8");
    }
  }

  @Test
  void whoeverLocksTheNotesHoldsNoWriterUp() throws SQLException {
    try (Journey journey = backfilled();
        Connection administrator = journey.database().connect()) {
      write(administrator, "BEGIN", "LOCK TABLE gatefold.use_seen");
      write(
          journey,
          "SET statement_timeout = '5s'",
          "BEGIN",
          "UPDATE orders SET total = total + 1",
          "UPDATE orders SET total = total + 1",
          "COMMIT");
      write(administrator, "COMMIT");
      assertThat(journey.rows("SELECT sum(total_amount) FROM orders")).containsExactly("5250");
      assertThat(journey.rows(SEEN)).isEmpty();
    }
  }

  /** One that runs out as the lock is granted cancels the application's own statement. */
  @Test
  void noTimerRunsInTheSessionsOfApplications() throws SQLException {
    try (Journey journey = backfilled()) {
      assertThat(
              journey.rows(
                  """
                  SELECT p.proname, setting FROM pg_proc p, unnest(p.proconfig) setting
                  WHERE p.pronamespace = 'gatefold'::regnamespace
                    AND p.prorettype = 'trigger'::regtype AND setting LIKE '%timeout%'"""))
          .isEmpty();
    }
  }

  @Test
  void replicatedRowsAreWrittenDownToo() throws SQLException {
    try (Journey journey = Journey.asSuperuser(TABLE)) {
      journey.submitted(CHANGE).promoted("x", StageName.BACKFILL);
      write(
          journey,
          "SET session_replication_role = replica",
          "UPDATE orders SET total = 7 WHERE id = 1");
      assertThat(journey.rows(SEEN)).containsExactly("old|app|1");
    }
  }

  @Test
  void whatATriggerOfTheUsersSetsCounts() throws SQLException {
    try (Journey journey = backfilled()) {
      journey.sql(
          """
          CREATE FUNCTION bump() RETURNS trigger LANGUAGE plpgsql
          AS 'BEGIN NEW.total := NEW.total + 1; RETURN NEW; END';
          CREATE TRIGGER bump BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION bump()""");
      write(journey, "UPDATE orders SET note = 'x'");
      assertThat(journey.rows(SEEN)).containsExactly("old|app|1");
    }
  }

  @Test
  void partitionsHaveItAndARowThatMovesIsToldFromAWriteOfBoth() throws SQLException {
    try (Journey journey =
        Journey.on(
            """
            CREATE TABLE orders (id int, total int, PRIMARY KEY (id)) PARTITION BY RANGE (id);
            CREATE TABLE p1 PARTITION OF orders FOR VALUES FROM (1) TO (100);
            CREATE TABLE p2 PARTITION OF orders FOR VALUES FROM (100) TO (200);
            INSERT INTO orders SELECT i, i FROM generate_series(1, 50) i;
            """)) {
      journey.submitted(CHANGE).promoted("x", StageName.BACKFILL);
      write(journey, "UPDATE orders SET id = 150 WHERE id = 1");
      assertThat(journey.rows(SEEN)).containsExactly("moved|app|1");
      write(journey, "UPDATE p1 SET total = 7 WHERE id = 2");
      journey.sql("CREATE TABLE p3 PARTITION OF orders FOR VALUES FROM (200) TO (300)");
      write(journey, "INSERT INTO p3 (id, total_amount) VALUES (200, 7)");
      assertThat(journey.rows(SEEN)).containsExactly("moved|app|1", "new|app|1", "old|app|1");
    }
  }

  @Test
  void eachColumnOfATableIsWrittenDownByItself() throws SQLException {
    try (Journey journey = Journey.on(TABLE)) {
      journey
          .submitted(
              """
              change: x
              operations:
                - alter_column: {table: orders, column: total, to: total_amount, type: bigint}
                - rename_column: {table: orders, column: note, to: remark}
              """)
          .promoted("x", StageName.BACKFILL);
      write(
          journey,
          "UPDATE orders SET total = 7",
          "UPDATE orders SET total = 8, note = 'x'",
          "UPDATE orders SET remark = 'y'");
      assertThat(journey.rows("SELECT attnum, side FROM gatefold.use_seen ORDER BY 1, 2"))
          .containsExactly("2|old", "3|new", "3|old");
    }
  }

  @Test
  void itFollowsTheNamesAndIsGoneInTheEnd() throws SQLException {
    try (Journey journey = backfilled()) {
      journey.promoted("x", StageName.RETIRE);
      write(journey, "UPDATE orders SET total_amount = 7");
      assertThat(journey.rows(SEEN)).containsExactly("new|app|1");
      journey.rollback("x", Optional.of(RolloutState.BACKFILLED));
      write(journey, "UPDATE orders SET total = 8");
      assertThat(journey.rows(SEEN)).containsExactly("new|app|1", "old|app|1");
      journey.promoted("x", StageName.DROP);
      assertNothingIsLeft(journey);
    }
  }

  @Test
  void aRollbackLeavesNothingOfIt() throws SQLException {
    try (Journey journey = backfilled()) {
      journey.rollback("x", Optional.of(RolloutState.PLANNED));
      assertNothingIsLeft(journey);
    }
  }

  @Test
  void aDroppedTableLeavesNothingOfIt() throws SQLException {
    try (Journey journey = backfilled()) {
      journey.sql("DROP TABLE orders");
      assertThat(journey.rollback("x", Optional.empty())).isInstanceOf(Outcome.Done.class);
      assertNothingIsLeft(journey);
    }
  }

  private static void assertNothingIsLeft(Journey journey) throws SQLException {
    assertThat(journey.rows("SELECT tgname FROM pg_trigger WHERE tgname LIKE '~gatefold%'"))
        .isEmpty();
    assertThat(
            journey.rows(
                "SELECT proname FROM pg_proc WHERE pronamespace = 'gatefold'::regnamespace"
                    + " AND prosrc LIKE '%use\\_seen%'"))
        .isEmpty();
    assertThat(journey.rows("SELECT FROM gatefold.recorder")).isEmpty();
  }
}
