package dev.gatefold.executor.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.planner.plan.StageName;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody drops or disables the sync's triggers, or does so and puts them back. */
class BrokenSyncTest {

  private static final String TABLES =
      """
      CREATE TABLE t (id int PRIMARY KEY, a text CONSTRAINT a_key UNIQUE);
      CREATE TABLE u (id int PRIMARY KEY, b text);
      INSERT INTO t SELECT i, 'a' || i FROM generate_series(1, 1000) i;
      INSERT INTO u SELECT i, 'b' || i FROM generate_series(1, 1000) i;
      """;

  private static final String CHANGE =
      """
      change: x
      operations:
        - rename_column: {table: t, column: a, to: a2}
        - rename_column: {table: u, column: b, to: b2}
      """;

  private static final String DISABLE = "ALTER TABLE %s DISABLE TRIGGER %I";
  private static final String ENABLE = "ALTER TABLE %s ENABLE ALWAYS TRIGGER %I";
  private static final String DROP = "DROP TRIGGER %2$I ON %1$s";

  private static String triggers(String what) {
    return """
    DO $do$ DECLARE g record; BEGIN
      FOR g IN SELECT tgrelid::regclass AS t, tgname FROM pg_trigger WHERE tgname LIKE '~gate%'
      LOOP EXECUTE format('WHAT', g.t, g.tgname); END LOOP;
    END $do$;
    """
        .replace("WHAT", what);
  }

  private static Journey promoted(StageName last) throws Exception {
    return Journey.on(TABLES).submitted(CHANGE).promoted("x", last);
  }

  @Test
  void aWriteDuringARollbackIsNotMissedAlthoughItsRowWasComparedAlready() throws Exception {
    try (Journey journey = promoted(StageName.RETIRE)) {
      journey.sql(triggers(DROP));

      // All of t is compared by then, and only its sync can carry this write to the old column.
      assertThat(
              journey.rollbackWith(
                  "x",
                  RolloutState.ROLLED_BACK,
                  "drop.verify.public.u",
                  () -> journey.sql("UPDATE t SET a2 = 'late' WHERE id = 7")))
          .isInstanceOf(Outcome.Done.class);

      assertThat(journey.rows("SELECT a FROM t WHERE id = 7")).containsExactly("late");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {DISABLE, DROP})
  void aRollbackNamesTheWritesThatWereMissedAndMissesNoMore(String how) throws Exception {
    try (Journey journey = promoted(StageName.RETIRE)) {
      journey.sql(triggers(how) + "UPDATE t SET a2 = 'missed' WHERE id = 7");
      // Also the second time, when the triggers are in place again.
      for (int time = 1; time <= 2; time++) {
        assertThat(journey.rollback("x", Optional.of(RolloutState.BACKFILLED)))
            .as("rollback number %d", time)
            .isInstanceOfSatisfying(
                Outcome.Differs.class, differs -> assertThat(differs.rows()).hasSize(1));
        assertThat(journey.rollout("x").state()).isEqualTo(RolloutState.RETIRED);
      }

      journey.sql("UPDATE t SET a2 = 'seen' WHERE id = 7");
      assertThat(journey.rollback("x", Optional.of(RolloutState.BACKFILLED)))
          .isInstanceOf(Outcome.Done.class);
      assertThat(journey.rows("SELECT a FROM t WHERE id = 7")).containsExactly("seen");
    }
  }

  @Test
  void triggersThatWereOffForAWhileAreNoticedByARollback() throws Exception {
    try (Journey journey = promoted(StageName.RETIRE)) {
      journey.sql(
          triggers(DISABLE) + "UPDATE u SET b2 = 'missed' WHERE id = 7;" + triggers(ENABLE));
      assertThat(journey.rollback("x", Optional.of(RolloutState.PLANNED)))
          .isInstanceOf(Outcome.Differs.class);
      assertThat(journey.rollout("x").state()).isEqualTo(RolloutState.RETIRED);

      journey.sql("UPDATE u SET b2 = 'seen' WHERE id = 7");
      assertThat(journey.rollback("x", Optional.of(RolloutState.PLANNED)))
          .isInstanceOf(Outcome.Done.class);
      assertThat(journey.rows("SELECT b FROM u WHERE id = 7")).containsExactly("seen");
    }
  }

  @Test
  void aSwapDoesNotBuildOnTriggersThatWereBrokenSinceTheRowsWereCompared() throws Exception {
    try (Journey journey = promoted(StageName.BACKFILL)) {
      assertThat(
              journey.promoteWith(
                  "x",
                  StageName.RETIRE,
                  "retire.swap.public.t",
                  () -> journey.sql(triggers(DISABLE) + "UPDATE t SET a2 = 'missed' WHERE id = 7")))
          .isInstanceOfSatisfying(
              Outcome.Stopped.class,
              stopped -> assertThat(stopped.message()).contains("dropped, disabled or changed"));

      journey.sql(triggers(ENABLE));
      assertThat(journey.promote("x", StageName.RETIRE)).isInstanceOf(Outcome.Differs.class);
      journey.sql("UPDATE t SET a2 = 'seen' WHERE id = 7");
      journey.promoted("x", StageName.DROP);
      assertThat(journey.rows("SELECT a2 FROM t WHERE id = 7")).containsExactly("seen");
    }
  }

  @Test
  void norOnTriggersThatWerePutBack() throws Exception {
    try (Journey journey = promoted(StageName.RETIRE)) {
      assertThat(
              journey.promoteWith(
                  "x",
                  StageName.DROP,
                  "drop.columns.public.t",
                  () -> journey.sql(triggers(DISABLE) + triggers(ENABLE))))
          .isInstanceOfSatisfying(
              Outcome.Stopped.class,
              stopped -> assertThat(stopped.message()).contains("changed and put back"));
      journey.promoted("x", StageName.DROP);
    }
  }

  @Test
  void bothWaysAreNotOpenedWhileTheSyncIsBroken() throws Exception {
    try (Journey journey = promoted(StageName.EXPAND)) {
      assertThat(
              journey.promoteWith(
                  "x",
                  StageName.BACKFILL,
                  "backfill.both.public.t",
                  () -> journey.sql(triggers(DISABLE))))
          .isInstanceOf(Outcome.Stopped.class);
      assertThat(journey.rollback("x", Optional.of(RolloutState.PLANNED)))
          .isInstanceOf(Outcome.Done.class);
    }
  }

  @Test
  void triggersThatWereOffWhenAStageEndedAreNoDriftOnceTheyArePutBack() throws Exception {
    try (Journey journey = promoted(StageName.EXPAND)) {
      assertThat(
              journey.promoteWith(
                  "x",
                  StageName.BACKFILL,
                  "backfill.both.public.u",
                  () -> journey.sql("ALTER TABLE t DISABLE TRIGGER USER")))
          .isInstanceOf(Outcome.Done.class);
      assertThat(journey.promote("x", StageName.RETIRE)).isInstanceOf(Outcome.Blocked.class);

      journey.sql(triggers(ENABLE));
      journey.promoted("x", StageName.DROP);
    }
  }

  @Test
  void theSameRollbackTwiceIsDoneTwice() throws Exception {
    try (Journey journey = promoted(StageName.RETIRE)) {
      for (int times = 0; times < 2; times++) {
        assertThat(journey.rollback("x", Optional.of(RolloutState.BACKFILLED)))
            .isInstanceOf(Outcome.Done.class);
        assertThat(journey.rollout("x").state()).isEqualTo(RolloutState.BACKFILLED);
      }
    }
  }
}
