package dev.gatefold.executor.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.plan.StageName;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Several columns give way to one. */
class MergeTest {

  private static final String PLACES =
      """
      CREATE TABLE %1$s.t (
        id int PRIMARY KEY, x numeric(8,2) NOT NULL DEFAULT 0, y numeric(8,2) NOT NULL DEFAULT 0,
        note text);
      INSERT INTO %1$s.t SELECT i, i, i / 4.0, 'n' FROM generate_series(1, 500) i;
      """;

  private static final String POINT =
      """
        - merge_columns:
            table: t
            columns: [x, y]
            into:
              column: place
              type: point
              nullable: false
              default: "'(0,0)'"
              up: "point(x::float8, y::float8)"
            down:
              x: "place[0]::numeric"
              y: "place[1]::numeric"
      """;

  @Test
  void endsAsPlainDdlWouldHaveMadeItAndIsTakenBackFromEachStage() throws Exception {
    new Carrying(
            PLACES
                + """
                GRANT SELECT (x, y), UPDATE (x) ON %1$s.t TO pg_monitor;
                COMMENT ON COLUMN %1$s.t.x IS 'to the right';
                """,
            POINT,
            """
            ALTER TABLE twin.t ADD COLUMN place point;
            UPDATE twin.t SET place = point(x::float8, y::float8);
            ALTER TABLE twin.t ALTER COLUMN place SET NOT NULL,
              ALTER COLUMN place SET DEFAULT '(0,0)', DROP COLUMN x, DROP COLUMN y;
            GRANT SELECT (place) ON twin.t TO pg_monitor;
            """)
        .holds();
  }

  @Test
  void aWriteOfOneOldColumnMakesTheNewOneOfAll() throws Exception {
    try (Journey journey = Journey.on(PLACES.replace("%1$s", "public"))) {
      journey.submitted("change: c\noperations:\n" + POINT).promoted("c", StageName.EXPAND);
      journey.sql("UPDATE t SET y = 7 WHERE id = 1; INSERT INTO t (id, x) VALUES (901, 3)");
      assertThat(places(journey)).containsExactly("1|1.00|7.00|(1,7)", "901|3.00|0.00|(3,0)");
      journey.promoted("c", StageName.BACKFILL);
      journey.sql(
          """
          UPDATE t SET x = 2 WHERE id = 1;
          INSERT INTO t (id, place) VALUES (902, '(5,6)');
          UPDATE t SET place = '(8,9)' WHERE id = 901;
          """);
      assertThat(places(journey))
          .containsExactly("1|2.00|7.00|(2,7)", "901|8.00|9.00|(8,9)", "902|5.00|6.00|(5,6)");
      journey.promoted("c", StageName.RETIRE);
      journey.sql("INSERT INTO t (id) VALUES (903)");
      assertThat(journey.rollback("c", Optional.empty())).isInstanceOf(Outcome.Done.class);
      assertThat(journey.rows("SELECT x, y FROM t WHERE id = 903")).containsExactly("0.00|0.00");
      journey.promoted("c", StageName.DROP);
      assertThat(journey.rows("SELECT place FROM t WHERE id = 902")).containsExactly("(5,6)");
    }
  }

  @Test
  void valuesThatTheOldColumnsCannotHoldAreRefusedOrGivenUpTogether() throws Exception {
    String forgiving = POINT + "      on_down_failure: give_up_rollback\n";
    String tooFar = "UPDATE t SET place = '(1,10000000)' WHERE id = 1";
    try (Journey journey = Journey.on(PLACES.replace("%1$s", "public"))) {
      List<String> catalog = journey.catalog("t");
      journey.submitted("change: c\noperations:\n" + POINT).promoted("c", StageName.BACKFILL);
      assertThatThrownBy(() -> journey.sql(tooFar))
          .hasMessageContaining("change c: this value of public.t.x, y has no place")
          .extracting(e -> ((SQLException) e).getSQLState())
          .isEqualTo("GF004");
      assertThat(journey.rollback("c", Optional.of(RolloutState.PLANNED)))
          .isInstanceOf(Outcome.Done.class);
      journey.submitted("change: c\noperations:\n" + forgiving).promoted("c", StageName.RETIRE);
      journey.sql(tooFar);
      // The one row has no way back: NOT NULL of the old columns cannot be had again.
      assertThat(journey.rollback("c", Optional.empty())).isInstanceOf(Outcome.Stopped.class);
      assertThat(journey.promote("c", StageName.RETIRE)).isInstanceOf(Outcome.Done.class);
      journey.sql("UPDATE t SET place = '(1,2)' WHERE id = 1");
      assertThat(journey.rollback("c", Optional.of(RolloutState.PLANNED)))
          .isInstanceOf(Outcome.Done.class);
      assertThat(journey.catalog("t")).isEqualTo(catalog);
      assertThat(journey.rows("SELECT x, y FROM t WHERE id = 1")).containsExactly("1.00|2.00");
      journey.submitted("change: c\noperations:\n" + forgiving).promoted("c", StageName.RETIRE);
      journey.sql(tooFar);
      journey.promoted("c", StageName.DROP);
      assertThat(journey.rows("SELECT place FROM t WHERE id = 1")).containsExactly("(1,10000000)");
    }
  }

  @Test
  void aRowWhoseColumnsDisagreeIsFoundAndKeepsTheGateClosed() throws Exception {
    try (Journey journey = Journey.asSuperuser(PLACES.replace("%1$s", "public"))) {
      journey.submitted("change: c\noperations:\n" + POINT).promoted("c", StageName.BACKFILL);
      journey.sql(
          """
          BEGIN;
          ALTER TABLE t DISABLE TRIGGER USER;
          UPDATE t SET y = 77 WHERE id = 5;
          DO $$
          DECLARE g text;
          BEGIN
            FOR g IN SELECT tgname FROM pg_trigger WHERE tgrelid = 't'::regclass LOOP
              EXECUTE format('ALTER TABLE t ENABLE ALWAYS TRIGGER %I', g);
            END LOOP;
          END $$;
          COMMIT;
          """);
      assertThat(journey.promote("c", StageName.RETIRE))
          .isInstanceOfSatisfying(
              Outcome.Differs.class,
              differs ->
                  assertThat(differs.rows())
                      .extracting(row -> row.key().toString())
                      .containsExactly("5"));
      journey.sql("UPDATE t SET y = 6 WHERE id = 5");
      journey.promoted("c", StageName.DROP);
    }
  }

  @Test
  void whoStillWritesWhichOldColumnIsTold() throws Exception {
    try (Journey journey = Journey.on(PLACES.replace("%1$s", "public"))) {
      journey.submitted("change: c\noperations:\n" + POINT).promoted("c", StageName.BACKFILL);
      journey.sql("SET application_name = 'app'; UPDATE t SET y = 77 WHERE id = 5");
      Outcome.Measured measured =
          (Outcome.Measured)
              journey.rollouts().evidence(new ChangeName("c"), Optional.of(StageName.RETIRE));
      assertThat(measured.evidence().findings())
          .filteredOn(finding -> finding.check().startsWith("use writes"))
          .extracting(finding -> finding.check() + ": " + finding.verdict())
          .containsExactly("use writes public.t.x: CLEAR", "use writes public.t.y: INCONCLUSIVE");
      assertThat(measured.evidence().findings())
          .filteredOn(finding -> finding.check().equals("use writes public.t.y"))
          .allSatisfy(finding -> assertThat(finding.detail()).contains("still written: app"));
    }
  }

  private static List<String> places(Journey journey) throws Exception {
    return journey.rows("SELECT id, x, y, place FROM t WHERE id = 1 OR id > 900 ORDER BY id");
  }
}
