package dev.gatefold.executor.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatefold.executor.LiveRollouts;
import dev.gatefold.executor.PromotionOrder;
import dev.gatefold.executor.database.DatabaseUrl;
import dev.gatefold.executor.engine.StageListener;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.planner.change.ChangeFile;
import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.planner.plan.Step;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What others do in the middle of a stage, or between a verification and what it is for. */
class InterferenceTest {

  private static final String TABLES =
      """
      CREATE TABLE t (id int PRIMARY KEY, a text, n int);
      CREATE TABLE u (id int PRIMARY KEY, b text);
      CREATE INDEX ia ON t (a);
      COMMENT ON INDEX ia IS 'hello';
      INSERT INTO t SELECT i, 'a' || i, i FROM generate_series(1, 1000) i;
      INSERT INTO u SELECT i, 'b' || i FROM generate_series(1, 1000) i;
      """;

  private static final String CHANGE =
      """
      change: x
      operations:
        - rename_column: {table: t, column: a, to: a2}
        - rename_column: {table: u, column: b, to: b2}
      """;

  private static final String TRIGGERS =
      """
      DO $$ DECLARE g record; BEGIN
        FOR g IN SELECT tgrelid::regclass AS t, tgname FROM pg_trigger WHERE tgname LIKE '~gate%%'
        LOOP EXECUTE format('ALTER TABLE %%s %s TRIGGER %%I', g.t, g.tgname); END LOOP;
      END $$;
      """;

  /** A write that the sync does not see, after which everything looks as before. */
  private static String behindTheSync(String sql) {
    return TRIGGERS.formatted("DISABLE") + sql + TRIGGERS.formatted("ENABLE ALWAYS");
  }

  @Test
  void anIndexAddedDuringTheBackfillIsNotDroppedWithTheOldColumn() throws Exception {
    try (Journey journey = Journey.on(TABLES)) {
      journey.submitted(CHANGE).promoted("x", StageName.EXPAND);
      assertThat(
              journey.promoteWith(
                  "x",
                  StageName.BACKFILL,
                  "backfill.strict.public.t",
                  () -> journey.sql("CREATE INDEX added ON t (a)")))
          .isInstanceOf(Outcome.Done.class);
      assertThat(journey.promote("x", StageName.RETIRE))
          .isInstanceOfSatisfying(
              Outcome.Blocked.class,
              blocked -> assertThat(blocked.evidence().toString()).contains("index public.added"));
      journey.sql("DROP INDEX added");
      assertThat(
              journey.promoteWith(
                  "x",
                  StageName.RETIRE,
                  "retire.swap.public.t",
                  () -> journey.sql("CREATE INDEX added_again ON t (a)")))
          .isInstanceOfSatisfying(
              Outcome.Stopped.class,
              stopped -> assertThat(stopped.message()).contains("was added or dropped"));
      journey.sql("DROP INDEX added_again");
      journey.promoted("x", StageName.RETIRE);
      assertThat(
              journey.promoteWith(
                  "x",
                  StageName.DROP,
                  "drop.columns.public.t",
                  () ->
                      journey.sql(
                          "DO $$ BEGIN EXECUTE format('ALTER TABLE t ADD CHECK (%I <> ''-'')',"
                              + " (SELECT attname FROM pg_attribute WHERE attname LIKE"
                              + " 'gatefold%old' AND attrelid = 't'::regclass)); END $$")))
          .isInstanceOf(Outcome.Stopped.class);
    }
  }

  @Test
  void anotherTableUnderTheSameNameIsLeftAlone() throws Exception {
    try (Journey journey = Journey.on(TABLES)) {
      journey.submitted(
          "change: y\noperations:\n  - alter_column: {table: t, column: n, default: \"7\"}");
      journey.sql("ALTER TABLE t RENAME TO t_old; CREATE TABLE t (id int PRIMARY KEY, n int)");
      List<String> before = journey.catalog("t");
      assertThat(journey.promote("y", StageName.EXPAND))
          .isInstanceOfSatisfying(
              Outcome.Stopped.class,
              stopped -> assertThat(stopped.message()).contains("is not the table"));
      assertThat(journey.catalog("t")).isEqualTo(before);
    }
  }

  @Test
  void rowsAreComparedAgainHoweverRightTheyWereBefore() throws Exception {
    try (Journey journey = Journey.on(TABLES)) {
      journey.submitted(CHANGE).promoted("x", StageName.BACKFILL);
      assertThat(journey.rollouts().verify(new ChangeName("x"), StageListener.SILENT))
          .isInstanceOf(Outcome.Done.class);
      journey.sql(behindTheSync("UPDATE t SET a = 'LOST' WHERE id = 7;"));
      assertThat(journey.promote("x", StageName.RETIRE)).isInstanceOf(Outcome.Differs.class);

      journey.sql("UPDATE t SET a = 'again' WHERE id = 7");
      assertThat(
              journey.promoteWith(
                  "x",
                  StageName.RETIRE,
                  "retire.swap.public.t",
                  () -> journey.rollouts().pause(new ChangeName("x"))))
          .isInstanceOf(Outcome.Stopped.class);
      journey.sql(behindTheSync("UPDATE t SET a = 'LOST' WHERE id = 8;"));
      journey.rollouts().resume(new ChangeName("x"));
      assertThat(journey.promote("x", StageName.RETIRE)).isInstanceOf(Outcome.Differs.class);
    }
  }

  @Test
  void noTableIsDroppedFromBeforeAllAreCompared() throws Exception {
    try (Journey journey = Journey.on(TABLES)) {
      journey.submitted(CHANGE).promoted("x", StageName.RETIRE);
      journey.sql(behindTheSync("UPDATE u SET b2 = 'DIFF' WHERE id = 1;"));
      assertThat(journey.promote("x", StageName.DROP)).isInstanceOf(Outcome.Differs.class);

      journey.sql("UPDATE u SET b2 = 'mended' WHERE id = 1");
      assertThat(journey.rollback("x", Optional.of(RolloutState.PLANNED)))
          .isInstanceOf(Outcome.Done.class);
      assertThat(journey.rows("SELECT count(a) FROM t")).containsExactly("1000");
      assertThat(journey.rows("SELECT b FROM u WHERE id = 1")).containsExactly("mended");
    }
  }

  @Test
  void aRollbackWithoutSyncIsLetThroughByTheRowsAlone() throws Exception {
    try (Journey journey = Journey.on(TABLES)) {
      journey.submitted(CHANGE).promoted("x", StageName.RETIRE);
      journey.sql(
          TRIGGERS.formatted("DISABLE") + "UPDATE t SET a2 = 'new application' WHERE id = 7");
      assertThat(journey.rollback("x", Optional.empty()))
          .isInstanceOfSatisfying(
              Outcome.Differs.class, differs -> assertThat(differs.rows()).hasSize(1));
      assertThat(journey.rollout("x").state()).isEqualTo(RolloutState.RETIRED);

      journey.sql(
          "DO $$ DECLARE g record; BEGIN FOR g IN SELECT tgrelid::regclass AS t, tgname FROM"
              + " pg_trigger WHERE tgname LIKE '~gate%' LOOP EXECUTE format('DROP TRIGGER %I ON"
              + " %s', g.tgname, g.t); END LOOP; END $$; UPDATE t SET a2 = 'a7' WHERE id = 7");
      assertThat(journey.rollback("x", Optional.of(RolloutState.PLANNED)))
          .isInstanceOf(Outcome.Done.class);
      assertThat(journey.rows("SELECT a FROM t WHERE id = 7")).containsExactly("a7");
    }
  }

  @Test
  void aChangeWhoseTablesWereDroppedCanBeEnded() throws Exception {
    try (Journey journey = Journey.on(TABLES)) {
      journey.submitted(CHANGE).promoted("x", StageName.BACKFILL);
      journey.sql("DROP TABLE t, u");
      assertThat(journey.promote("x", StageName.RETIRE)).isInstanceOf(Outcome.Blocked.class);
      assertThat(journey.rollback("x", Optional.empty())).isInstanceOf(Outcome.Done.class);
      assertThat(journey.rollout("x").state()).isEqualTo(RolloutState.ROLLED_BACK);
      assertThat(journey.rows("SELECT count(*) FROM pg_proc WHERE proname LIKE 'sync\\_%'"))
          .containsExactly("0");
    }
  }

  @Test
  void anotherFileIsNotSubmittedUnderARunningStage() throws Exception {
    try (Journey journey = Journey.on(TABLES);
        LiveRollouts other = LiveRollouts.open(DatabaseUrl.parse(journey.database().url()))) {
      journey.submitted(CHANGE);
      String file = CHANGE.replace("to: a2", "to: a9");
      journey.promoteWith(
          "x",
          StageName.EXPAND,
          "expand.columns.public.t",
          () ->
              assertThat(other.submit(ChangeFile.read("x.yaml", file), file))
                  .isInstanceOf(Outcome.Waits.class));
      assertThat(journey.rollout("x").state()).isEqualTo(RolloutState.EXPANDED);
    }
  }

  @Test
  void aVerificationOnDemandIsNoFailureOfAStage() throws Exception {
    try (Journey journey = Journey.on(TABLES)) {
      journey.submitted(CHANGE).promoted("x", StageName.BACKFILL);
      journey.sql(behindTheSync("UPDATE t SET a = 'LOST' WHERE id = 7;"));
      assertThat(journey.rollouts().verify(new ChangeName("x"), StageListener.SILENT))
          .isInstanceOf(Outcome.Differs.class);
      assertThat(journey.rollout("x").failure()).isEmpty();
    }
  }

  @Test
  void anIndexWithoutItsCommentIsNotDone() throws Exception {
    try (Journey journey = Journey.on(TABLES)) {
      journey.submitted(CHANGE).promoted("x", StageName.EXPAND);
      Step build =
          journey.rollout("x").plan().stage(StageName.BACKFILL).orElseThrow().steps().stream()
              .filter(step -> step.id().startsWith("backfill.index"))
              .findFirst()
              .orElseThrow();
      // As a kill between the two statements leaves it.
      journey.promoteWith(
          "x", StageName.BACKFILL, build.id(), () -> journey.sql(build.sql().get(0)));
      journey.promoted("x", StageName.DROP);
      assertThat(journey.rows("SELECT obj_description('ia'::regclass)")).containsExactly("hello");
    }
  }

  @Test
  void aLostConnectionIsAnSqlExceptionAndTheSameCommandGoesOn() throws Exception {
    try (Journey journey = Journey.on(TABLES)) {
      journey.submitted(CHANGE);
      assertThatThrownBy(
              () ->
                  journey.promoteWith(
                      "x", StageName.EXPAND, "expand.columns.public.t", () -> endSessions(journey)))
          .isInstanceOf(SQLException.class);
      try (LiveRollouts again = LiveRollouts.open(DatabaseUrl.parse(journey.database().url()))) {
        assertThat(
                again.promote(
                    new ChangeName("x"), PromotionOrder.of(StageName.EXPAND), StageListener.SILENT))
            .isInstanceOf(Outcome.Done.class);
      }
    }
  }

  @Test
  void aBackfillGoesOnByItselfAfterEachLostConnection() throws Exception {
    try (Journey journey = Journey.on(TABLES)) {
      journey.submitted(CHANGE).promoted("x", StageName.EXPAND);
      int[] left = {2};
      assertThat(
              journey.promoteWith(
                  "x",
                  StageName.BACKFILL,
                  "backfill.strict.public.t",
                  () -> {
                    if (left[0]-- > 0) {
                      endSessions(journey);
                    }
                  }))
          .isInstanceOf(Outcome.Done.class);
      assertThat(left[0]).isNegative();
    }
  }

  private static void endSessions(Journey journey) throws SQLException {
    journey.sql(
        """
        SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE application_name = 'gatefold' AND datname = current_database()
        """);
  }
}
