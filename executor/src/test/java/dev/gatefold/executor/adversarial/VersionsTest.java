package dev.gatefold.executor.adversarial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatefold.executor.journey.Journey;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.planner.plan.Refusal.Reason;
import dev.gatefold.planner.plan.StageName;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Old and new versions of applications that write the same rows. */
class VersionsTest {

  private static final String RENAME =
      "change: x\noperations:\n  - rename_column: {table: orders, column: email, to: mail}";

  private static final String LOSSY =
      """
      change: x
      operations:
        - alter_column:
            {table: t, column: price, to: amount, type: "numeric(10,2)",
             up: "round(price::numeric, 2)", down: "trunc(amount)::text"}
      """;

  private static final String PRICES =
      """
      CREATE TABLE t (id int PRIMARY KEY, price text, note text);
      INSERT INTO t SELECT i, i || '.129' FROM generate_series(1, 2000) i;
      """;

  @Test
  void c1_newVersionWriteToARowNotYetBackfilled() throws Exception {
    try (Journey journey = Journey.on(PRICES)) {
      journey.submitted(LOSSY).promoted("x", StageName.EXPAND);
      // Its row is nobody's yet: its own column is refused, and the old value stays what it was.
      assertThatThrownBy(() -> journey.sql("UPDATE t SET amount = 1 WHERE id = 1999"))
          .isInstanceOf(SQLException.class)
          .extracting(e -> ((SQLException) e).getSQLState())
          .isEqualTo("GF002");
      journey.sql("UPDATE t SET note = 'unrelated' WHERE id = 1999");
      journey.sql("INSERT INTO t (id, note) VALUES (3000, 'no price')");
      assertThat(journey.rows("SELECT price, amount FROM t WHERE id >= 1998 ORDER BY id"))
          .containsExactly("1998.129|null", "1999.129|1999.13", "2000.129|null", "null|null");

      journey.promoted("x", StageName.BACKFILL);
      journey.sql("UPDATE t SET amount = 1.5 WHERE id = 1999");
      journey.promoted("x", StageName.DROP);
      assertThat(journey.rows("SELECT amount FROM t WHERE id >= 1998 ORDER BY id"))
          .containsExactly("1998.13", "1.50", "2000.13", "null");
      assertThat(
              journey.rows(
                  "SELECT count(*) FROM t WHERE id < 1998 AND amount <> id + 0.13 OR amount IS"
                      + " NULL"))
          .containsExactly("1");
    }
  }

  @Test
  void c2_oldVersionWriteToAnUnrelatedColumnAfterANewVersionWrite() throws Exception {
    try (Journey journey = Journey.on(PRICES)) {
      journey.submitted(LOSSY).promoted("x", StageName.BACKFILL);
      // 7.77 comes back as 7 and would go up again as 7.00.
      journey.sql("UPDATE t SET amount = 7.77 WHERE id = 5");
      journey.sql("INSERT INTO t (id, amount) VALUES (3000, 8.88)");
      String oldApplication = "UPDATE t SET note = 'x', price = price WHERE id IN (5, 3000)";
      journey.sql(oldApplication);
      assertThat(journey.rows("SELECT price, amount FROM t WHERE id IN (5, 3000) ORDER BY 1"))
          .containsExactly("7|7.77", "8|8.88");

      // Nor does a second backfill take back what the new version wrote.
      assertThat(journey.rollback("x", Optional.of(RolloutState.EXPANDED)))
          .isInstanceOf(Outcome.Done.class);
      journey.sql(oldApplication);
      journey.promoted("x", StageName.RETIRE);
      journey.sql("UPDATE t SET note = 'y' WHERE id IN (5, 3000)");
      journey.promoted("x", StageName.DROP);
      assertThat(journey.rows("SELECT amount FROM t WHERE id IN (5, 3000) ORDER BY 1"))
          .containsExactly("7.77", "8.88");
    }
  }

  /** Whatever the application's path finds first, the sync finds its own. */
  @Test
  void c3_searchPathWithTwoEntries() throws Exception {
    try (Journey journey =
        Journey.on(
            """
            CREATE TABLE t (id int PRIMARY KEY, name text);
            INSERT INTO t SELECT i, 'n' || i FROM generate_series(1, 500) i;
            CREATE SCHEMA other;
            CREATE TABLE other.t (LIKE t);
            CREATE FUNCTION other.upper(text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT ''?''';
            CREATE FUNCTION other.lower(text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT ''!''';
            CREATE FUNCTION other.same(text, text) RETURNS boolean LANGUAGE sql IMMUTABLE
              AS 'SELECT true';
            CREATE OPERATOR other.= (LEFTARG = text, RIGHTARG = text, FUNCTION = other.same);
            """)) {
      journey.submitted(
          """
          change: x
          operations:
            - alter_column:
                {table: t, column: name, to: loud, up: "upper(name)", down: "lower(loud)"}
          """);
      try (Connection connection = journey.database().connect();
          Statement application = connection.createStatement()) {
        application.execute("SET search_path TO other, pg_catalog, public");
        journey.promoted("x", StageName.EXPAND);
        application.execute("UPDATE public.t SET name = 'a' WHERE id = 1");
        application.execute("INSERT INTO public.t (id, name) VALUES (1001, 'b')");
        journey.promoted("x", StageName.BACKFILL);
        application.execute("UPDATE public.t SET loud = 'C' WHERE id = 2");
        application.execute("INSERT INTO public.t (id, loud) VALUES (1002, 'D')");
        application.execute("UPDATE public.t SET name = 'e' WHERE id = 3");
        assertThat(journey.rows("SELECT name, loud FROM t WHERE id < 4 OR id > 1000 ORDER BY id"))
            .containsExactly("a|A", "c|C", "e|E", "b|B", "d|D");
        journey.promoted("x", StageName.RETIRE);
        application.execute("UPDATE public.t SET loud = 'F' WHERE id = 1");
        journey.promoted("x", StageName.DROP);
      }
      assertThat(journey.rows("SELECT loud FROM t WHERE id < 4 OR id > 1000 ORDER BY id"))
          .containsExactly("F", "C", "E", "B", "D");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '`',
      textBlock =
          """
          amount::no_such_type ! bad-down
          nothing::text ! bad-down
          amount::text || ! bad-down
          '7' ! bad-down
          price ! bad-down
          (amount + random())::text ! volatile-down
          amount::text || note ! down-reads-others
          """)
  void c11_badDownExpression(String down, String code) throws Exception {
    try (Journey journey = Journey.on(PRICES)) {
      List<String> before = journey.catalog("t");
      assertThat(journey.submit(LOSSY.replace("trunc(amount)::text", down)))
          .isInstanceOfSatisfying(
              Outcome.Refused.class,
              refused ->
                  assertThat(refused.refusal().reasons()).extracting(Reason::code).contains(code));
      assertThat(journey.catalog("t")).isEqualTo(before);
      assertThat(journey.rollouts().list()).isEmpty();
    }
  }

  @Test
  void c11_badDownExpressionForSomeValuesOnly() throws Exception {
    try (Journey journey = Journey.on(PRICES)) {
      journey.submitted(LOSSY.replace("trunc(amount)::text", "(100 / amount)::int::text"));
      journey.promoted("x", StageName.RETIRE);
      assertThatThrownBy(() -> journey.sql("UPDATE t SET amount = 0 WHERE id = 5"))
          .isInstanceOf(SQLException.class)
          .extracting(e -> ((SQLException) e).getSQLState())
          .isEqualTo("GF004");
      assertThat(journey.rows("SELECT amount FROM t WHERE id = 5")).containsExactly("5.13");
    }
  }

  @Test
  void c14_continuousWritersDuringContract() throws Exception {
    try (Journey journey = Journey.on(Desk.orders("id bigserial", "PRIMARY KEY (id)"))) {
      journey.submitted(RENAME);
      try (Desk desk = new Desk(journey, "email")) {
        journey.promoted("x", StageName.BACKFILL);
        desk.workOn();
        // As the plan says: the new version from "backfilled" on, the old one gone before "retire".
        desk.deploy("mail");
        assertThat(journey.promote("x", StageName.RETIRE)).isInstanceOf(Outcome.Done.class);
        desk.workOn();
        assertThat(journey.rollback("x", Optional.empty())).isInstanceOf(Outcome.Done.class);
        desk.workOn();
        journey.promoted("x", StageName.DROP);
        desk.workOn();
        desk.assertNothingLost("mail");
      }
      assertThat(journey.rollout("x").state()).isEqualTo(RolloutState.COMPLETED);
    }
  }

  @Test
  void c14_continuousWritersOfAKeptNameDuringContract() throws Exception {
    try (Journey journey = Journey.on(Desk.orders("id bigserial", "PRIMARY KEY (id)"))) {
      journey.submitted(
          "change: x\noperations:\n"
              + "  - alter_column: {table: orders, column: email, type: varchar(40)}");
      try (Desk desk = new Desk(journey, "email")) {
        journey.promoted("x", StageName.DROP);
        desk.workOn();
        desk.assertNothingLost("email");
      }
      assertThat(journey.catalog("orders"))
          .anyMatch(line -> line.startsWith("column|email|character varying(40)|true"));
    }
  }
}
