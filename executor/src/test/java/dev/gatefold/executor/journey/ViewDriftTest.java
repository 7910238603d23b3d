package dev.gatefold.executor.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.planner.plan.Step;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Views while others work: readers go on, and what was added meanwhile is never lost. */
class ViewDriftTest {

  private static final String TABLE =
      """
      CREATE TABLE t (id int PRIMARY KEY, a text, c text);
      INSERT INTO t SELECT i, i::text, 'c' FROM generate_series(1, 500) i;
      CREATE VIEW v AS SELECT id, a FROM t;
      CREATE VIEW w AS SELECT id, a AS b FROM v;
      """;

  private static final String RENAME =
      "change: x\noperations:\n  - rename_column: {table: t, column: a, to: z}\n";

  private static final String RETYPE =
      "change: x\noperations:\n  - alter_column: {table: t, column: a, type: numeric}\n";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE VIEW late AS SELECT a FROM t",
        "CREATE POLICY late ON t USING (a <> '')",
        "CREATE TRIGGER late AFTER UPDATE OF a ON t FOR EACH ROW EXECUTE FUNCTION"
            + " suppress_redundant_updates_trigger()",
        "CREATE OR REPLACE VIEW v AS SELECT id, c AS a FROM t"
      })
  void whatCameOrWentInTheMiddleOfRetireStopsIt(String sql) throws Exception {
    try (Journey journey = Journey.on(TABLE)) {
      journey.submitted(RENAME).promoted("x", StageName.BACKFILL);
      assertThat(
              journey.promoteWith(
                  "x", StageName.RETIRE, "retire.swap.public.t", () -> journey.sql(sql)))
          .isInstanceOfSatisfying(
              Outcome.Stopped.class,
              stopped -> assertThat(stopped.message()).contains("was made or dropped"));
      assertThat(journey.rows("SELECT count(a) FROM t")).containsExactly("500");
    }
  }

  @Test
  void aDefinitionThatChangedMeanwhileIsTheOneThatIsCarried() throws Exception {
    try (Journey journey = Journey.on(TABLE)) {
      journey.submitted(RENAME).promoted("x", StageName.BACKFILL);
      journey.promoteWith(
          "x",
          StageName.RETIRE,
          "retire.swap.public.t",
          () -> journey.sql("CREATE OR REPLACE VIEW v AS SELECT id, a FROM t WHERE id < 11"));
      assertThat(journey.rows("SELECT count(a) FROM v")).containsExactly("10");
      assertThat(journey.rollback("x", Optional.of(RolloutState.PLANNED)))
          .isInstanceOf(Outcome.Done.class);
      assertThat(journey.rows("SELECT count(a) FROM v")).containsExactly("10");
    }
  }

  @Test
  void aViewOverAViewThatHasToGoStopsRetireAndStays() throws Exception {
    try (Journey journey = Journey.on(TABLE)) {
      journey.submitted(RETYPE).promoted("x", StageName.BACKFILL);
      journey.sql("CREATE VIEW late AS SELECT b FROM w");
      assertThat(journey.promote("x", StageName.RETIRE))
          .isInstanceOfSatisfying(
              Outcome.Stopped.class,
              stopped ->
                  assertThat(stopped.message())
                      .contains("view public.late depends on view public.w"));
      assertThat(journey.rows("SELECT count(b) FROM late")).containsExactly("500");
      journey.sql("DROP VIEW late");
      journey.promoted("x", StageName.DROP);
      assertThat(journey.rows("SELECT max(b) FROM w")).containsExactly("500");
    }
  }

  @Test
  void nothingOverTheHiddenColumnIsDroppedWithIt() throws Exception {
    try (Journey journey = Journey.on(TABLE)) {
      journey.submitted(RENAME).promoted("x", StageName.RETIRE);
      assertThat(
              journey.promoteWith(
                  "x",
                  StageName.DROP,
                  "drop.columns.public.t",
                  () ->
                      journey.sql(
                          """
                          DO $$ BEGIN EXECUTE (
                            SELECT format('CREATE VIEW late AS SELECT %I AS old FROM t', attname)
                            FROM pg_attribute
                            WHERE attrelid = 't'::regclass AND attname LIKE 'gatefold%old');
                          END $$""")))
          .isInstanceOfSatisfying(
              Outcome.Stopped.class,
              stopped -> assertThat(stopped.message()).contains("was made or dropped"));
      assertThat(journey.rows("SELECT count(old) FROM late")).containsExactly("500");
    }
  }

  @Test
  void whatAViewGotSinceRetireItKeepsOnTheWayBack() throws Exception {
    try (Journey journey = Journey.on(TABLE)) {
      journey.submitted(RETYPE).promoted("x", StageName.RETIRE);
      journey.sql("GRANT SELECT ON w TO pg_monitor; COMMENT ON VIEW v IS 'since'");
      assertThat(journey.rollback("x", Optional.of(RolloutState.PLANNED)))
          .isInstanceOf(Outcome.Done.class);
      assertThat(
              journey.rows(
                  "SELECT has_table_privilege('pg_monitor', 'w', 'SELECT'),"
                      + " obj_description('v'::regclass), pg_typeof(b) FROM w LIMIT 1"))
          .containsExactly("t|since|text");
    }
  }

  @Test
  void aCastThatTheNewTypeMakesNeedlessComesBack() throws Exception {
    try (Journey journey =
        Journey.on(
            TABLE
                + """
                CREATE VIEW money WITH (security_barrier = true) AS
                  SELECT id, a::numeric AS sum FROM t WHERE a::numeric > 0;
                CREATE VIEW sums AS SELECT sum(sum) FROM money;
                GRANT SELECT ON money TO pg_monitor;
                """)) {
      List<String> before = journey.catalog("t");
      journey.submitted(RETYPE).promoted("x", StageName.RETIRE);
      assertThat(journey.rows("SELECT pg_get_viewdef('money') LIKE '%a AS sum%'"))
          .containsExactly("t");
      journey.rollback("x", Optional.of(RolloutState.PLANNED));
      assertThat(journey.catalog("t")).isEqualTo(before);

      journey.submitted(RETYPE).promoted("x", StageName.DROP);
      assertThat(journey.rows("SELECT * FROM sums")).containsExactly("125250");
    }
  }

  @Test
  void viewsAreLockedFromTheOutermostOnAndTheTableLast() throws Exception {
    try (Journey journey = Journey.on(TABLE)) {
      journey.submitted(RETYPE);
      assertThat(journey.rollout("x").plan().stage(StageName.RETIRE).orElseThrow().steps())
          .filteredOn(step -> step.id().equals("retire.swap.public.t"))
          .flatExtracting(Step::tables)
          .extracting(TableName::toString)
          .containsExactly("public.w", "public.v", "public.t");
    }
  }

  @Test
  void anotherTableUnderTheViewIsNotWaitedFor() throws Exception {
    try (Journey journey =
            Journey.on(
                TABLE
                    + "CREATE TABLE u (id int); INSERT INTO u VALUES (1);"
                    + "CREATE VIEW pair AS SELECT t.a, u.id FROM t JOIN u ON u.id = t.id");
        Connection writer = journey.database().connect();
        Statement statement = writer.createStatement()) {
      journey.submitted(RETYPE).promoted("x", StageName.BACKFILL);
      writer.setAutoCommit(false);
      statement.execute("UPDATE u SET id = 2");
      // Still open: LOCK TABLE on the view would wait for it.
      journey.promoted("x", StageName.RETIRE);
      writer.commit();
      assertThat(journey.rows("SELECT a, id FROM pair")).containsExactly("2|2");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {RENAME, RETYPE})
  void readersOfViewsGoOnThroughoutTheJourney(String change) throws Exception {
    try (Journey journey = Journey.on(TABLE)) {
      AtomicBoolean over = new AtomicBoolean();
      AtomicLong reads = new AtomicLong();
      ExecutorService readers = Executors.newFixedThreadPool(4);
      List<Future<List<String>>> failures = new ArrayList<>();
      for (String view : List.of("v", "w", "v", "w")) {
        failures.add(
            readers.submit(
                () -> {
                  try (Connection connection = journey.database().connect()) {
                    return read(connection, view, over, reads);
                  }
                }));
      }
      try {
        journey.submitted(change).promoted("x", StageName.RETIRE);
        assertThat(journey.rollback("x", Optional.empty())).isInstanceOf(Outcome.Done.class);
        journey.promoted("x", StageName.DROP);
      } finally {
        over.set(true);
        readers.shutdown();
      }
      for (Future<List<String>> failure : failures) {
        assertThat(failure.get()).isEmpty();
      }
      assertThat(reads.get()).isPositive();
    }
  }

  private static List<String> read(
      Connection connection, String view, AtomicBoolean over, AtomicLong reads) {
    List<String> failures = new ArrayList<>();
    while (!over.get()) {
      try (Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery("SELECT count(*) FROM " + view)) {
        rows.next();
        if (rows.getInt(1) != 500) {
          failures.add("saw " + rows.getInt(1) + " rows");
        }
        reads.incrementAndGet();
      } catch (SQLException e) {
        failures.add(e.getMessage());
      }
    }
    return failures;
  }
}
