package dev.gatefold.executor.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatefold.executor.engine.StageListener;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.plan.StageName;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** One column gives way to several. */
class SplitTest {

  private static final String PEOPLE =
      """
      CREATE TABLE %1$s.t (id int PRIMARY KEY, full_name text NOT NULL, note text);
      INSERT INTO %1$s.t SELECT i, 'f' || i || ' l' || i, 'n' FROM generate_series(1, 500) i;
      """;

  private static final String NAMES =
      """
        - split_column:
            table: t
            column: full_name
            into:
              - {column: first_name, type: text, nullable: false, default: "''", up: "split_part(full_name, ' ', 1)"}
              - {column: last_name, type: varchar(80), up: "split_part(full_name, ' ', 2)"}
            down: "first_name || ' ' || coalesce(last_name, '')"
      """;

  @Test
  void endsAsPlainDdlWouldHaveMadeItAndIsTakenBackFromEachStage() throws Exception {
    new Carrying(
            PEOPLE
                + """
                GRANT SELECT (full_name), UPDATE (full_name) ON %1$s.t TO pg_monitor WITH GRANT OPTION;
                COMMENT ON COLUMN %1$s.t.full_name IS 'first and last';
                ALTER TABLE %1$s.t ALTER COLUMN full_name SET STATISTICS 300;
                """,
            NAMES,
            """
            ALTER TABLE twin.t ADD COLUMN first_name text, ADD COLUMN last_name varchar(80);
            UPDATE twin.t SET first_name = split_part(full_name, ' ', 1),
                              last_name = split_part(full_name, ' ', 2);
            ALTER TABLE twin.t ALTER COLUMN first_name SET NOT NULL,
              ALTER COLUMN first_name SET DEFAULT '', DROP COLUMN full_name;
            GRANT SELECT (first_name, last_name), UPDATE (first_name, last_name) ON twin.t
              TO pg_monitor WITH GRANT OPTION;
            """)
        .holds();
  }

  @Test
  void bothShapesAreWrittenUntilTheOldOneIsDropped() throws Exception {
    try (Journey journey = people()) {
      journey.submitted("change: c\noperations:\n" + NAMES).promoted("c", StageName.EXPAND);
      journey.sql("INSERT INTO t (id, full_name) VALUES (901, 'Ada Lovelace')");
      assertThat(names(journey, 901)).containsExactly("Ada|Lovelace");
      journey.promoted("c", StageName.BACKFILL);
      journey.sql(
          """
          INSERT INTO t (id, first_name, last_name) VALUES (902, 'Alan', 'Turing');
          UPDATE t SET last_name = 'King' WHERE id = 901;
          UPDATE t SET full_name = 'Grace Hopper' WHERE id = 1;
          """);
      assertThat(journey.rows("SELECT full_name FROM t WHERE id > 900 ORDER BY id"))
          .containsExactly("Ada King", "Alan Turing");
      assertThat(names(journey, 1)).containsExactly("Grace|Hopper");
      journey.promoted("c", StageName.RETIRE);
      journey.sql("UPDATE t SET first_name = 'Mary' WHERE id = 2");
      assertThat(journey.rollback("c", Optional.empty())).isInstanceOf(Outcome.Done.class);
      assertThat(journey.rows("SELECT full_name FROM t WHERE id = 2")).containsExactly("Mary l2");
      journey.promoted("c", StageName.DROP);
      assertThat(names(journey, 902)).containsExactly("Alan|Turing");
      assertThat(journey.rollout("c").state()).isEqualTo(RolloutState.COMPLETED);
    }
  }

  @Test
  void whatANewApplicationWroteIsKeptByALaterBackfill() throws Exception {
    try (Journey journey = people()) {
      journey.submitted("change: c\noperations:\n" + NAMES).promoted("c", StageName.RETIRE);
      journey.sql("UPDATE t SET first_name = 'Ada Maria', last_name = 'King' WHERE id = 1");
      assertThat(journey.rollback("c", Optional.of(RolloutState.EXPANDED)))
          .isInstanceOf(Outcome.Done.class);
      assertThat(journey.rows("SELECT full_name FROM t WHERE id = 1"))
          .containsExactly("Ada Maria King");
      journey.sql("UPDATE t SET note = 'touched' WHERE id = 1; UPDATE t SET id = 901 WHERE id = 1");
      journey.promoted("c", StageName.DROP);
      assertThat(names(journey, 901)).containsExactly("Ada Maria|King");
    }
  }

  @Test
  void rowsWithoutAnImageStopTheBackfillAndAreNamed() throws Exception {
    try (Journey journey =
        Journey.on(
            """
            CREATE TABLE t (id int PRIMARY KEY, span text);
            INSERT INTO t SELECT i, i || '-' || i + 1 FROM generate_series(1, 3000) i;
            UPDATE t SET span = 'for ever' WHERE id IN (1777, 2500);
            """)) {
      journey.submitted(
          """
          change: c
          operations:
            - split_column:
                table: t
                column: span
                into:
                  - {column: low, type: int, up: "split_part(span, '-', 1)::int"}
                  - {column: high, type: int, up: "split_part(span, '-', 2)::int"}
                down: low || '-' || high
          """);
      journey.promoted("c", StageName.EXPAND);
      journey.sql("INSERT INTO t VALUES (9000, '1-x')");
      assertThat(journey.rows("SELECT low IS NULL, high IS NULL FROM t WHERE id = 9000"))
          .containsExactly("t|t");
      assertThat(journey.promote("c", StageName.BACKFILL))
          .isInstanceOfSatisfying(
              Outcome.Stopped.class,
              stopped ->
                  assertThat(stopped.rows())
                      .extracting(row -> row.key().toString())
                      // Those of one batch, wherever the server has put them.
                      .isNotEmpty()
                      .isSubsetOf("1777", "2500", "9000"));
      journey.sql("UPDATE t SET span = '0-0' WHERE id IN (1777, 2500, 9000)");
      assertThat(journey.rollouts().retry(new ChangeName("c"), StageListener.SILENT))
          .isInstanceOf(Outcome.Done.class);
      assertThatThrownBy(() -> journey.sql("UPDATE t SET span = '1-x' WHERE id = 1"))
          .hasMessageContaining("change c: this value of public.t.span has no place")
          .extracting(e -> ((SQLException) e).getSQLState())
          .isEqualTo("GF001");
      journey.promoted("c", StageName.DROP);
      assertThat(journey.rows("SELECT sum(low), sum(high) FROM t WHERE id IN (1, 1777, 9000)"))
          .containsExactly("1|2");
    }
  }

  @Test
  void aNullThatTheNewShapeRefusesIsTheApplicationsOwnError() throws Exception {
    try (Journey journey = people()) {
      journey.submitted("change: c\noperations:\n" + NAMES).promoted("c", StageName.RETIRE);
      assertThatThrownBy(() -> journey.sql("UPDATE t SET first_name = NULL WHERE id = 1"))
          .extracting(e -> ((SQLException) e).getSQLState())
          .isEqualTo("23502");
      journey.promoted("c", StageName.DROP);
    }
  }

  @Test
  void namesMayBeAnything() throws Exception {
    try (Journey journey =
        Journey.on(
            """
            CREATE TABLE "T 1" (id int PRIMARY KEY, "Full ""Name" text);
            INSERT INTO "T 1" SELECT i, 'a' || i || ' b' FROM generate_series(1, 100) i;
            """)) {
      journey
          .submitted(
              """
              change: c
              operations:
                - split_column:
                    table: '"T 1"'
                    column: '"Full ""Name"'
                    into:
                      - column: '"select"'
                        type: text
                        nullable: false
                        up: coalesce(split_part("Full ""Name", ' ', 1), '')
                      - column: '"It''s 50%s $1"'
                        type: text
                        up: split_part("Full ""Name", ' ', 2)
                    down: |
                      "select" || ' ' || "It's 50%s $1"
              """)
          .promoted("c", StageName.RETIRE);
      journey.sql("INSERT INTO \"T 1\" (id, \"select\", \"It's 50%s $1\") VALUES (901, 'x', 'y')");
      assertThat(journey.rollback("c", Optional.empty())).isInstanceOf(Outcome.Done.class);
      assertThat(journey.rows("SELECT \"Full \"\"Name\" FROM \"T 1\" WHERE id = 901"))
          .containsExactly("x y");
      journey.promoted("c", StageName.DROP);
      assertThat(journey.rows("SELECT \"select\" FROM \"T 1\" WHERE id = 7")).containsExactly("a7");
    }
  }

  private static Journey people() throws Exception {
    return Journey.on(PEOPLE.replace("%1$s", "public"));
  }

  private static List<String> names(Journey journey, int id) throws Exception {
    return journey.rows("SELECT first_name, last_name FROM t WHERE id = " + id);
  }
}
