package dev.gatefold.executor.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatefold.executor.engine.StageListener;
import dev.gatefold.executor.journey.Journey;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.plan.StageName;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What becomes of a write of either of two tables between which columns move. */
class MovedWritesTest {

  private static final String TABLES =
      """
      CREATE TABLE a (k text, n int, v numeric, w text, PRIMARY KEY (n, k));
      CREATE TABLE b (id serial PRIMARY KEY, "N o" bigint NOT NULL, k text NOT NULL, note text,
        UNIQUE (k, "N o"),
        CONSTRAINT of_a FOREIGN KEY ("N o", k) REFERENCES a (n, k)
          ON UPDATE CASCADE ON DELETE CASCADE);
      INSERT INTO a SELECT 'k', i, i, 'w' FROM generate_series(1, 40) i;
      INSERT INTO b ("N o", k) SELECT n, k FROM a;
      """;

  /** What refers to a row keeps it from being taken away again: none can be made. */
  private static final String ROWS_REQUIRED = TABLES + "CREATE TABLE c (b int REFERENCES b);";

  /** It writes again what was written just before. */
  private static final String SECOND_THOUGHT =
      """
      CREATE FUNCTION again() RETURNS trigger LANGUAGE plpgsql
        AS 'BEGIN UPDATE a SET v = 778 WHERE n = NEW.n AND v = 777; RETURN NULL; END';
      CREATE TRIGGER again AFTER UPDATE ON a FOR EACH ROW EXECUTE FUNCTION again();
      """;

  private static final String CHANGE =
      """
      change: c
      operations:
        - move_columns:
            table: a
            to: b
            columns: [v, {column: w, as: '"W ""x"'}]
            where: {n: '"N o"', k: k}
      backfill: {user_triggers: skip}
      """;

  private static final String W = "\"W \"\"x\"";

  @Test
  void beforeTheBackfillTheOldShapeLeads() throws Exception {
    try (Journey journey = Journey.on(ROWS_REQUIRED)) {
      journey.submitted(CHANGE).promoted("c", StageName.EXPAND);
      journey.sql(
          """
          UPDATE a SET v = 1.50 WHERE n = 1;
          INSERT INTO a VALUES ('k', 41, 41, 'new'), ('k', 42, NULL, NULL), ('k', 43, 43, 'x');
          INSERT INTO b ("N o", k) SELECT n, k FROM a WHERE n > 40;
          UPDATE a SET n = 50 WHERE n = 2;
          UPDATE b SET note = 'touched' WHERE "N o" = 3;
          DELETE FROM b WHERE "N o" = 4
          """);
      assertThat(both(journey, "n IN (1, 41, 42, 43)"))
          .containsExactly("1|1.50|w|1.50|w", "41|41|new|41|new", "42|-|-|-|-", "43|43|x|43|x");
      refused(journey, "GF002", "UPDATE b SET v = 7 WHERE \"N o\" = 1");
      refused(journey, "GF002", "UPDATE b SET " + W + " = 'z' WHERE \"N o\" = 41");
      journey.sql("DELETE FROM b WHERE \"N o\" = 6");
      refused(journey, "GF002", "INSERT INTO b (\"N o\", k, v) VALUES (6, 'k', 7)");
      journey.sql(
          """
          INSERT INTO b ("N o", k, v) VALUES (6, 'k', 6);
          INSERT INTO a VALUES ('k', 60), ('k', 61);
          INSERT INTO b ("N o", k) VALUES (60, 'k');
          UPDATE a SET v = 61 WHERE n = 61;
          UPDATE b SET "N o" = 61 WHERE "N o" = 60
          """);
      assertThat(both(journey, "n IN (6, 61)")).containsExactly("6|6|w|6|w", "61|61|-|61|-");
    }
  }

  @Test
  void rowsWithoutOneToGoToStopTheBackfillAndAreNamed() throws Exception {
    try (Journey journey = Journey.on(ROWS_REQUIRED + "DELETE FROM b WHERE \"N o\" IN (17, 33);")) {
      journey.submitted(CHANGE).promoted("c", StageName.EXPAND);
      assertThat(journey.promote("c", StageName.BACKFILL))
          .isInstanceOfSatisfying(
              Outcome.Stopped.class,
              stopped ->
                  assertThat(stopped.rows())
                      .extracting(row -> row.key() + ": " + row.reason())
                      .anyMatch(it -> it.startsWith("(17, k): "))
                      .anyMatch(it -> it.contains("has no row for it")));
      journey.sql("INSERT INTO b (\"N o\", k) VALUES (17, 'k')");
      journey.sql("UPDATE a SET v = NULL, w = NULL WHERE n = 33");
      assertThat(journey.rollouts().retry(new ChangeName("c"), StageListener.SILENT))
          .isInstanceOf(Outcome.Done.class);
      assertThat(both(journey, "n IN (17, 33)")).containsExactly("17|17|w|17|w", "33|-|-|-|-");
      refused(journey, "GF001", "UPDATE a SET v = 1 WHERE n = 33");
      refused(journey, "GF001", "INSERT INTO a VALUES ('k', 70, 1)");
      journey.sql(
          """
          INSERT INTO a VALUES ('k', 70, NULL);
          BEGIN;
          INSERT INTO a VALUES ('k', 71, 7.0, 'x');
          INSERT INTO b ("N o", k, note) VALUES (71, 'k', 'n');
          COMMIT
          """);
      assertThat(both(journey, "n IN (70, 71)")).containsExactly("70|-|-|-|-", "71|7.0|x|7.0|x");
      journey.promoted("c", StageName.DROP);
    }
  }

  @Test
  void bothShapesAreWrittenUntilTheOldOneIsDropped() throws Exception {
    try (Journey journey = Journey.on(TABLES)) {
      journey.submitted(CHANGE).promoted("c", StageName.BACKFILL);
      journey.sql(
          """
          UPDATE a SET v = 1.0, w = NULL WHERE n = 1;
          UPDATE b SET v = 2.00, $w = 'new' WHERE "N o" = 2;
          DELETE FROM b WHERE "N o" = 3;
          INSERT INTO a (k, n) VALUES ('k', 80), ('k', 81), ('k', 82);
          INSERT INTO b ("N o", k, v) VALUES (80, 'k', 8.0);
          INSERT INTO b ("N o", k, $w) VALUES (80, 'k', 'x'), (81, 'k', 'y')
            ON CONFLICT (k, "N o") DO UPDATE SET v = EXCLUDED.v, $w = EXCLUDED.$w;
          INSERT INTO b ("N o", k, v) VALUES (4, 'k', 9) ON CONFLICT DO NOTHING;
          UPDATE b SET "N o" = 82 WHERE "N o" = 5;
          UPDATE a SET n = 90 WHERE n = 6;
          DELETE FROM a WHERE n = 7;
          DELETE FROM b WHERE "N o" = 8;
          INSERT INTO b ("N o", k, v) VALUES (8, 'k', 8.8)
          """
              .replace("$w", W));
      assertThat(both(journey, "n IN (1, 2, 3, 4, 5, 8, 80, 81, 82, 90)"))
          .containsExactly(
              "1|1.0|-|1.0|-",
              "2|2.00|new|2.00|new",
              "3|-|-|-|-",
              "4|4|w|4|w",
              "5|-|-|-|-",
              "8|8.8|-|8.8|-",
              "80|-|x|-|x",
              "81|-|y|-|y",
              "82|5|w|5|w",
              "90|6|w|6|w");
      assertThatThrownBy(() -> journey.sql("INSERT INTO b (\"N o\", k, v) VALUES (999, 'k', 1)"))
          .hasMessageContaining("of_a");
      journey.promoted("c", StageName.RETIRE);
      journey.sql("UPDATE b SET v = 3 WHERE \"N o\" = 2; DELETE FROM b WHERE \"N o\" = 9");
      journey.sql("INSERT INTO a VALUES ('k', 100)");
      journey.sql("INSERT INTO b (\"N o\", k, v) VALUES (100, 'k', 10)");
      assertThat(journey.rollback("c", Optional.empty())).isInstanceOf(Outcome.Done.class);
      assertThat(journey.rows("SELECT n, v, w FROM a WHERE n IN (2, 9, 100) ORDER BY n"))
          .containsExactly("2|3|new", "9|null|null", "100|10|null");
      journey.promoted("c", StageName.RETIRE);
      assertThat(journey.rollback("c", Optional.of(RolloutState.PLANNED)))
          .isInstanceOf(Outcome.Done.class);
      assertThat(journey.rows("SELECT n, v, w FROM a WHERE n IN (2, 9, 100) ORDER BY n"))
          .containsExactly("2|3|new", "9|null|null", "100|10|null");
      journey.submitted(CHANGE).promoted("c", StageName.DROP);
      assertThat(journey.rows("SELECT v, " + W + " FROM b WHERE \"N o\" IN (2, 100) ORDER BY v"))
          .containsExactly("3|new", "10|null");
      assertThat(journey.rollout("c").state()).isEqualTo(RolloutState.COMPLETED);
    }
  }

  @Test
  void rowsAreMadeForValuesThatHaveNoneAndTakenAwayOnTheWayBack() throws Exception {
    try (Journey journey =
        Journey.on(
            TABLES.replace("ON UPDATE CASCADE ON DELETE CASCADE", "")
                + "DELETE FROM b WHERE \"N o\" IN (11, 12, 13, 14);")) {
      journey.sql("UPDATE a SET v = NULL, w = NULL WHERE n = 14");
      String rows = "SELECT \"N o\", k, note FROM b ORDER BY 1";
      List<String> before = journey.rows(rows);
      journey.submitted(CHANGE).promoted("c", StageName.EXPAND);
      journey.sql(
          """
          INSERT INTO a (k, n, v) VALUES ('k', 50, 5.0), ('k', 51, NULL);
          UPDATE a SET v = 1 WHERE n = 11;
          DELETE FROM b WHERE "N o" = 1;
          BEGIN;
          INSERT INTO a VALUES ('k', 52, 52);
          INSERT INTO b ("N o", k, note) VALUES (52, 'k', 'its own');
          COMMIT;
          BEGIN;
          INSERT INTO a VALUES ('k', 53, 53), ('k', 54, 54), ('k', 55, 55);
          COMMIT;
          DELETE FROM a WHERE n = 53;
          UPDATE a SET n = 56 WHERE n = 55;
          INSERT INTO b ("N o", k, note) VALUES (54, 'k', 'after all')
          """);
      assertThat(both(journey, "n IN (11, 50, 51, 52, 54, 56)"))
          .containsExactly(
              "11|1|w|1|w",
              "50|5.0|-|5.0|-",
              "51|-|-|-|-",
              "52|52|-|52|-",
              "54|54|-|54|-",
              "56|55|-|55|-");
      List<String> expanded = journey.rows(rows);
      journey.promoted("c", StageName.BACKFILL);
      assertThat(both(journey, "n IN (1, 12, 13, 14)"))
          .containsExactly("1|1|w|1|w", "12|12|w|12|w", "13|13|w|13|w", "14|-|-|-|-");
      assertThat(journey.rows("SELECT \"N o\" FROM b WHERE \"N o\" IN (14, 51)")).isEmpty();
      journey.sql(
          """
          UPDATE a SET v = 6 WHERE n = 51;
          UPDATE b SET note = 'adopted' WHERE "N o" = 13;
          INSERT INTO b ("N o", k, v) VALUES (14, 'k', 14);
          UPDATE b SET v = 12.5 WHERE "N o" = 12
          """);
      assertThat(journey.rollback("c", Optional.empty())).isInstanceOf(Outcome.Done.class);
      assertThat(journey.rows(rows))
          .containsExactlyInAnyOrderElementsOf(
              Stream.concat(expanded.stream(), Stream.of("13|k|adopted", "14|k|null")).toList());
      assertThat(journey.rows("SELECT v FROM a WHERE n IN (12, 14, 51) ORDER BY v"))
          .containsExactly("6", "12.5", "14");
      journey.promoted("c", StageName.RETIRE);
      assertThat(journey.rollback("c", Optional.of(RolloutState.PLANNED)))
          .isInstanceOf(Outcome.Done.class);
      assertThat(journey.rows(rows))
          .containsExactlyInAnyOrderElementsOf(
              Stream.concat(
                      before.stream().filter(row -> !row.startsWith("1|")),
                      Stream.of("13|k|adopted", "14|k|null", "52|k|its own", "54|k|after all"))
                  .toList());
      journey.submitted(CHANGE).promoted("c", StageName.DROP);
      assertThat(journey.rows("SELECT count(*), sum(v) FROM b WHERE \"N o\" IN (1, 12, 13, 50)"))
          .containsExactly("4|31.5");
    }
  }

  @Test
  void whatATriggerWritesAfterwardsCounts() throws Exception {
    try (Journey journey = Journey.asSuperuser(TABLES + SECOND_THOUGHT)) {
      journey.submitted(CHANGE).promoted("c", StageName.BACKFILL);
      journey.sql("UPDATE a SET v = 777 WHERE n = 11; UPDATE b SET v = 777 WHERE \"N o\" = 12");
      assertThat(both(journey, "n IN (11, 12)"))
          .containsExactly("11|778|w|778|w", "12|778|w|778|w");
    }
  }

  @Test
  void deniedColumnsKeepTheirNamesAndAreKeptInStep() throws Exception {
    try (Journey journey = Journey.asSuperuser(TABLES + "GRANT ALL ON a, b TO pg_monitor;")) {
      List<String> before = journey.catalog("a");
      journey.submitted(CHANGE + "retire: revoke\n").promoted("c", StageName.RETIRE);
      assertThatThrownBy(() -> journey.sql("SET ROLE pg_monitor; SELECT v FROM a"))
          .hasMessageContaining("permission denied");
      journey.sql("SET ROLE pg_monitor; UPDATE b SET v = 9 WHERE \"N o\" = 1; RESET ROLE");
      assertThat(both(journey, "n = 1")).containsExactly("1|9|w|9|w");
      assertThat(journey.rollback("c", Optional.of(RolloutState.PLANNED)))
          .isInstanceOf(Outcome.Done.class);
      assertThat(journey.catalog("a")).isEqualTo(before);
      assertThat(journey.rows("SELECT v FROM a WHERE n = 1")).containsExactly("9");
      journey.submitted(CHANGE + "retire: revoke\n").promoted("c", StageName.DROP);
      assertThat(journey.rows("SELECT v FROM b WHERE \"N o\" = 1")).containsExactly("9");
    }
  }

  /** Both shapes of rows, side by side. */
  private static List<String> both(Journey journey, String which) throws Exception {
    return journey.rows(
        """
        SELECT concat_ws('|', a.n, coalesce(a.v::text, '-'), coalesce(a.w, '-'),
          coalesce(b.v::text, '-'), coalesce(b.%s, '-')) FROM a LEFT JOIN b ON (b."N o", b.k) = (a.n, a.k)
        WHERE a.%s ORDER BY a.n\
        """
            .formatted(W, which));
  }

  private static void refused(Journey journey, String state, String sql) {
    assertThatThrownBy(() -> journey.sql(sql))
        .hasMessageContaining("change c: ")
        .extracting(e -> ((SQLException) e).getSQLState())
        .isEqualTo(state);
  }
}
