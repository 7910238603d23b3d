package dev.gatefold.executor.direct;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.journey.Journey;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.planner.plan.StageName;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Rows that get other keys, and rows that were made, while columns move between two tables. */
class MovedKeysTest {

  private static final String TABLES =
      """
      CREATE TABLE a ("found" int PRIMARY KEY, v text, place int, setting int);
      CREATE TABLE b ("found" int PRIMARY KEY REFERENCES a ON UPDATE CASCADE ON DELETE CASCADE, note text, writes int DEFAULT 0, gone int, place int, known int, mark int, path text);
      CREATE FUNCTION written() RETURNS trigger LANGUAGE plpgsql AS
        $$BEGIN NEW.writes := OLD.writes + 1; INSERT INTO log DEFAULT VALUES; RETURN NEW; END$$;
      CREATE TABLE log (at timestamptz DEFAULT now());
      CREATE TRIGGER written BEFORE UPDATE ON b FOR EACH ROW EXECUTE FUNCTION written();
      INSERT INTO a SELECT i, 'v' || i FROM generate_series(9, 1, -1) i;
      INSERT INTO b SELECT "found" FROM a WHERE "found" % 2 = 0;
      """;

  private static final String CHANGE =
      """
      change: c
      operations:
        - move_columns: {table: a, to: b, columns: [v], where: {'"found"': '"found"'}}
      backfill: {user_triggers: skip}
      """;

  /**
   * The triggers of the users run with the rights of another role, so nobody may choose for them.
   */
  @Test
  void noSessionChoosesWhatATriggerOfTheOtherTableFinds() throws Exception {
    try (Journey journey =
        Journey.asSuperuser(TABLES + "CREATE SCHEMA own; CREATE TABLE own.log ();")) {
      journey.submitted(CHANGE).promoted("c", StageName.EXPAND);
      try (Connection session = journey.database().connect();
          Statement statement = session.createStatement()) {
        statement.execute("SET search_path TO own, public");
        statement.execute("UPDATE a SET v = 'x' WHERE \"found\" = 2");
      }
      assertThat(journey.rows("SELECT (SELECT count(*) FROM log), (SELECT count(*) FROM own.log)"))
          .containsExactly("1|0");
    }
  }

  /** Where one row gets the key of another, no row takes the other's values along. */
  @Test
  void keysOfManyRowsMoveOnAtOnce() throws Exception {
    try (Journey journey = Journey.asSuperuser(TABLES)) {
      journey.submitted(CHANGE).promoted("c", StageName.EXPAND);
      journey.sql("UPDATE a SET \"found\" = \"found\" + 1");
      journey.promoted("c", StageName.BACKFILL);
      journey.sql("UPDATE a SET \"found\" = \"found\" + 1");
      assertThat(
              journey.rows(
                  "SELECT count(*) FROM a JOIN b USING (\"found\")"
                      + " WHERE a.v = b.v AND a.v = 'v' || \"found\" - 2"))
          .containsExactly("9");
      journey.promoted("c", StageName.DROP);
    }
  }

  /** Neither by triggers that say when a row was written, nor by a key that it has. */
  @Test
  void rowsThatWereMadeStayInNobodysWay() throws Exception {
    try (Journey journey = Journey.asSuperuser(TABLES)) {
      List<String> before = journey.rows("SELECT \"found\", note FROM b ORDER BY 1");
      journey.submitted(CHANGE);
      for (StageName stage : List.of(StageName.EXPAND, StageName.BACKFILL)) {
        assertThat(journey.promote("c", stage)).isInstanceOf(Outcome.Done.class);
        journey.sql("UPDATE a SET v = v || '" + stage + "' WHERE \"found\" < 6");
        journey.sql("UPDATE a SET v = v || '!' WHERE \"found\" < 6");
        journey.sql("INSERT INTO b (\"found\", note) VALUES (1, 'comes'), (5, 'comes')");
        if (stage == StageName.EXPAND) {
          journey.sql("UPDATE b SET \"found\" = 3 WHERE \"found\" = 1");
        }
        assertThat(
                journey.rows(
                    "SELECT \"found\" FROM a JOIN b USING (\"found\", v) WHERE note = 'comes'"
                        + " ORDER BY 1"))
            .containsExactly(stage == StageName.EXPAND ? "3" : "1", "5");
        journey.sql("DELETE FROM b WHERE note = 'comes'");
      }
      assertThat(journey.rollback("c", Optional.of(RolloutState.PLANNED)))
          .isInstanceOf(Outcome.Done.class);
      assertThat(journey.rows("SELECT \"found\", note FROM b ORDER BY 1")).isEqualTo(before);
    }
  }

  /**
   * Not even where a statement or a trigger writes both rows, or where constraints are immediate.
   */
  @Test
  void rowsThatWereMadeAreWrittenAsAnyOther() throws Exception {
    try (Journey journey =
        Journey.on(
            TABLES
                + """
                CREATE FUNCTION tell() RETURNS trigger LANGUAGE plpgsql AS
                  $$BEGIN UPDATE a SET "found" = a."found" WHERE a."found" = OLD."found"; RETURN NULL; END$$;
                CREATE TRIGGER tell AFTER DELETE OR UPDATE ON b
                  FOR EACH ROW EXECUTE FUNCTION tell();
                """)) {
      journey.submitted(CHANGE).promoted("c", StageName.BACKFILL);
      journey.sql(
          """
          DELETE FROM a WHERE "found" = 1;
          UPDATE a SET "found" = 30 WHERE "found" = 3;
          WITH gone AS (DELETE FROM b WHERE "found" = 5) DELETE FROM a WHERE "found" = 5;
          SET CONSTRAINTS ALL IMMEDIATE;
          INSERT INTO a VALUES (40, 'v40'), (41, NULL);
          INSERT INTO b ("found", note) VALUES (40, 'n');
          UPDATE b SET "found" = 41 WHERE "found" = 40
          """);
      assertThat(
              journey.rows(
                  "SELECT \"found\", a.v, b.v FROM a LEFT JOIN b USING (\"found\") ORDER BY 1"))
          .containsExactly(
              "2|v2|v2",
              "4|v4|v4",
              "6|v6|v6",
              "7|v7|v7",
              "8|v8|v8",
              "9|v9|v9",
              "30|v3|v3",
              "40|null|null",
              "41|v40|v40");
    }
  }

  /** Whoever writes the old shape waits for nobody's row; the backfill names what is refused. */
  @Test
  void untilTheBackfillOldApplicationsMayWriteWhatNoRowCanBeMadeFor() throws Exception {
    try (Journey journey =
        Journey.on(
            TABLES + "UPDATE b SET note = 'n'; ALTER TABLE b ADD CHECK (note IS NOT NULL);")) {
      journey.submitted(CHANGE).promoted("c", StageName.EXPAND);
      journey.sql("UPDATE a SET v = 'x'");
      assertThat(journey.promote("c", StageName.BACKFILL))
          .isInstanceOfSatisfying(
              Outcome.Stopped.class,
              stopped ->
                  assertThat(stopped.rows())
                      .extracting(row -> row.key().toString())
                      .containsExactly("1", "3", "5", "7", "9"));
      journey.sql("INSERT INTO b SELECT \"found\", 'n' FROM a WHERE \"found\" % 2 = 1");
      journey.promoted("c", StageName.DROP);
      assertThat(journey.rows("SELECT count(*) FROM b WHERE v = 'x'")).containsExactly("9");
    }
  }

  /** A row of the other table moves to a key while the old shape is written there. */
  @Test
  void aRowThatMovesWaitsForWhoeverWritesTheOneThatItWillBelongTo() throws Exception {
    try (Journey journey = Journey.on(TABLES)) {
      journey.submitted(CHANGE).promoted("c", StageName.EXPAND);
      ExecutorService thread = Executors.newSingleThreadExecutor();
      try (Connection old = journey.database().connect();
          Statement statement = old.createStatement()) {
        old.setAutoCommit(false);
        statement.execute("UPDATE a SET v = NULL WHERE \"found\" = 1");
        Future<Boolean> moved =
            thread.submit(
                () -> {
                  journey.sql("UPDATE b SET \"found\" = 1 WHERE \"found\" = 2");
                  return true;
                });
        while (!moved.isDone()
            && journey.rows("SELECT count(*) FROM pg_locks WHERE NOT granted").contains("0")) {
          Thread.onSpinWait();
        }
        old.commit();
        assertThat(moved.get()).isTrue();
      } finally {
        thread.shutdownNow();
      }
      assertThat(journey.rows("SELECT \"found\", v FROM b WHERE \"found\" < 3"))
          .containsExactly("1|null", "2|v2");
    }
  }
}
