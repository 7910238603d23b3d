package dev.gatefold.backfill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatefold.backfill.BackfillOutcome.Finished;
import dev.gatefold.backfill.BackfillOutcome.OwnerLost;
import dev.gatefold.backfill.BackfillOutcome.Paused;
import dev.gatefold.backfill.BackfillOutcome.Stopped;
import dev.gatefold.backfill.fence.BatchFence;
import dev.gatefold.backfill.progress.Progress;
import dev.gatefold.backfill.session.BoundStatement;
import dev.gatefold.backfill.testing.Scene;
import dev.gatefold.planner.change.BackfillSettings;
import dev.gatefold.planner.change.BackfillSettings.UserTriggers;
import dev.gatefold.planner.plan.RowMapping;
import dev.gatefold.planner.plan.RowMapping.ColumnMapping;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** The loop: every row once, from checkpoint to checkpoint, as long as the fence lets it. */
class BackfillTest {

  private static final String UNFILLED =
      "SELECT count(*) FROM item WHERE total_n IS DISTINCT FROM total::integer";

  /** Counts how often each row was updated. */
  private static final String COUNTING =
      """
      CREATE TABLE seen (id bigint);
      CREATE FUNCTION count_update() RETURNS trigger LANGUAGE plpgsql AS
          'BEGIN INSERT INTO public.seen VALUES (NEW.id); RETURN NEW; END';
      CREATE TRIGGER counting BEFORE UPDATE ON item FOR EACH ROW EXECUTE FUNCTION count_update();
      ALTER TABLE item ENABLE ALWAYS TRIGGER counting;
      """;

  @Test
  void fillsEveryRow() throws Exception {
    try (Scene scene = Scene.items(1300)) {
      BackfillJob job =
          new BackfillJob(
              scene.itemMapping(), BackfillSettings.DEFAULT, false, true, OptionalLong.of(1000));
      assertThat(scene.run(job)).isEqualTo(new Finished(1300));
      assertThat(scene.value(UNFILLED)).isEqualTo("0");
      assertThat(scene.progress).extracting(Progress::rowsDone).containsExactly(500L, 1000L, 1300L);
      assertThat(scene.progress)
          .extracting(p -> p.rowsTotalEstimate().orElseThrow())
          .containsExactly(1000L, 1000L, 1300L);
    }
  }

  @Test
  void rowsThatAreRightAreNotWritten() throws Exception {
    try (Scene scene = Scene.items(30)) {
      scene.database.execute("UPDATE item SET total_n = 50 WHERE id = 5; " + COUNTING);
      scene.run(Scene.job(scene.itemMapping()));
      assertThat(scene.value("SELECT count(*), count(*) FILTER (WHERE id = 5) FROM seen"))
          .isEqualTo("29|0");
    }
  }

  @Test
  void aComparisonWithoutAnAnswerIsNoReasonToSkipARow() throws Exception {
    try (Scene scene = Scene.items(30)) {
      RowMapping plain = scene.itemMapping();
      ColumnMapping column = plain.columns().get(0);
      RowMapping unknown =
          new RowMapping(
              plain.table(),
              plain.oid(),
              plain.key(),
              plain.along(),
              List.of(
                  new ColumnMapping(
                      column.oldColumn(),
                      column.newColumn(),
                      column.up(),
                      "t.total_n = t.total::integer",
                      column.oldIsDown())),
              plain.skipSetting(),
              List.of());
      scene.run(Scene.job(unknown));
      assertThat(scene.value(UNFILLED)).isEqualTo("0");
    }
  }

  @Test
  void goesOnWhereItWasCutOffAndWritesEachRowOnce() throws Exception {
    try (Scene scene = Scene.items(95)) {
      scene.database.execute(COUNTING);
      scene.afterBatch(
          batch -> {
            if (batch == 3) {
              throw new IllegalStateException("killed");
            }
          });
      BackfillJob job = Scene.job(scene.itemMapping());
      assertThatThrownBy(() -> scene.run(job)).hasMessage("killed");
      assertThat(scene.value("SELECT count(*) FROM seen")).isEqualTo("30");
      assertThat(scene.tables.ranges()).containsExactly("{30}|{95}|30");

      assertThat(scene.run(job)).isEqualTo(new Finished(95));
      assertThat(scene.value(UNFILLED)).isEqualTo("0");
      assertThat(scene.progress).extracting(Progress::rowsDone).endsWith(90L, 95L);
      assertThat(scene.value("SELECT count(*), count(DISTINCT id) FROM seen")).isEqualTo("95|95");
      assertThat(scene.run(job)).isEqualTo(new Finished(95));
      assertThat(scene.value("SELECT count(*) FROM seen")).isEqualTo("95");
    }
  }

  @Test
  void rowsAndCheckpointAreOneTransaction() throws Exception {
    try (Scene scene = Scene.items(25);
        Connection connection = scene.database.connect()) {
      scene.database.execute(
          """
          CREATE FUNCTION fill_disk() RETURNS trigger LANGUAGE plpgsql AS
              $$BEGIN RAISE EXCEPTION 'disk full' USING ERRCODE = '53100'; END$$;
          CREATE TRIGGER full_disk BEFORE UPDATE ON gatefold.backfill_range FOR EACH ROW
              WHEN (NEW.rows_done > 10) EXECUTE FUNCTION fill_disk();
          ALTER TABLE gatefold.backfill_range ENABLE ALWAYS TRIGGER full_disk;
          """);
      BackfillJob job = Scene.job(scene.itemMapping());
      assertThatThrownBy(() -> scene.run(connection, job)).hasMessageContaining("disk full");
      assertThat(scene.value("SELECT max(id) FROM item WHERE total_n IS NOT NULL")).isEqualTo("10");
      assertThat(scene.tables.rowsDone()).isEqualTo(10);
      assertThat(connection.getAutoCommit()).isTrue();
    }
  }

  @Test
  void anEmptyTableIsFinished() throws Exception {
    try (Scene scene = Scene.items(0)) {
      assertThat(scene.run(Scene.job(scene.itemMapping()))).isEqualTo(new Finished(0));
    }
  }

  @Test
  void rowsAboveTheEndAreTheSyncs() throws Exception {
    try (Scene scene = Scene.items(20)) {
      scene.afterBatch(
          batch -> scene.database.execute("INSERT INTO item VALUES (1000 + " + batch + ", '7')"));
      assertThat(scene.run(Scene.job(scene.itemMapping()))).isEqualTo(new Finished(20));
      assertThat(scene.value("SELECT count(*) FROM item WHERE total_n IS NULL")).isEqualTo("2");
    }
  }

  @Test
  void theEndMayBeDeletedOnTheWay() throws Exception {
    try (Scene scene = Scene.items(20)) {
      scene.afterBatch(batch -> scene.database.execute("DELETE FROM item WHERE id > 10"));
      assertThat(scene.run(Scene.job(scene.itemMapping()))).isEqualTo(new Finished(10));
    }
  }

  @Test
  void aPauseIsSeenBeforeTheNextBatch() throws Exception {
    try (Scene scene = Scene.items(30)) {
      scene.afterBatch(batch -> scene.fence.set("paused"));
      assertThat(scene.run(Scene.job(scene.itemMapping()))).isEqualTo(new Paused("by hand"));
      assertThat(scene.value("SELECT count(total_n) FROM item")).isEqualTo("10");
      scene.afterBatch(batch -> {});
      scene.fence.set("holding");
      assertThat(scene.run(Scene.job(scene.itemMapping()))).isEqualTo(new Finished(30));
    }
  }

  @Test
  void aLostOwnerWritesNothingMore() throws Exception {
    try (Scene scene = Scene.items(30)) {
      scene.afterBatch(batch -> scene.fence.set("token 8"));
      assertThat(scene.run(Scene.job(scene.itemMapping()))).isEqualTo(new OwnerLost("token 8"));
      assertThat(scene.value("SELECT count(total_n) FROM item")).isEqualTo("10");
    }
  }

  @Test
  void aTableThatTookTheNameIsNotTouched() throws Exception {
    try (Scene scene = Scene.items(30)) {
      scene.afterBatch(
          batch ->
              scene.database.execute(
                  "ALTER TABLE item RENAME TO before; CREATE TABLE item (LIKE before INCLUDING ALL);"
                      + "INSERT INTO item SELECT * FROM before"));
      assertThat(scene.run(Scene.job(scene.itemMapping()))).isInstanceOf(Stopped.class);
      assertThat(scene.value("SELECT count(total_n) FROM item")).isEqualTo("10");
    }
  }

  @Test
  void aDroppedTableStopsIt() throws Exception {
    try (Scene scene = Scene.items(30)) {
      scene.afterBatch(batch -> scene.database.execute("DROP TABLE item"));
      assertThat(scene.run(Scene.job(scene.itemMapping()))).isInstanceOf(Stopped.class);
    }
  }

  @Test
  void aRewrittenTableGoesOnAlongItsKey() throws Exception {
    try (Scene scene = Scene.items(30)) {
      scene.afterBatch(
          batch -> {
            if (batch == 1) {
              scene.database.execute("VACUUM FULL item");
            }
          });
      assertThat(scene.run(Scene.job(scene.itemMapping()))).isEqualTo(new Finished(30));
      assertThat(scene.value(UNFILLED)).isEqualTo("0");
    }
  }

  @Test
  void keepsToTheGreatestSpeed() throws Exception {
    try (Scene scene = Scene.items(100)) {
      scene.run(Scene.job(scene.itemMapping()));
      // Ten batches of ten rows at ten rows a second: nobody waits after the last one.
      assertThat(Duration.ofNanos(scene.time.nanos())).isEqualTo(Duration.ofSeconds(9));
    }
  }

  @Test
  void anInterruptEndsItBetweenBatches() throws Exception {
    try (Scene scene = Scene.items(30)) {
      scene.afterBatch(batch -> Thread.currentThread().interrupt());
      BackfillJob job = Scene.job(scene.itemMapping());
      assertThatThrownBy(() -> scene.run(job)).isInstanceOf(InterruptedException.class);
      assertThat(scene.value("SELECT count(total_n) FROM item")).isEqualTo("10");
    }
  }

  @Test
  void aBatchWaitsForALockOnlyBrieflyAndNotForTheDisk() throws Exception {
    try (Scene scene = Scene.items(5);
        Connection connection = scene.database.connect()) {
      scene.database.execute("CREATE TABLE heard (settings text)");
      BatchFence looking =
          () ->
              BoundStatement.of(
                  """
                  INSERT INTO public.heard
                  SELECT concat_ws(', ', current_setting('lock_timeout'),
                    current_setting('transaction_isolation'),
                    current_setting('synchronous_commit'))""");
      try (var statement = connection.createStatement()) {
        statement.execute("SET synchronous_commit = on");
      }
      BackfillJob job = Scene.job(scene.itemMapping());
      scene.backfill(job, looking).run(connection, scene.database::connect, job);
      assertThat(scene.database.queryLines("SELECT DISTINCT settings FROM heard"))
          .containsExactly("50ms, read committed, off");
    }
  }

  @Test
  void leavesTheConnectionAsItWas() throws Exception {
    try (Scene scene = Scene.items(5);
        Connection connection = scene.database.connect();
        var statement = connection.createStatement()) {
      statement.execute("SET synchronous_commit = on");
      scene.run(connection, Scene.job(scene.itemMapping()));
      assertThat(connection.getAutoCommit()).isTrue();
      try (var row =
          statement.executeQuery(
              """
              SELECT current_setting('lock_timeout'), current_setting('session_replication_role'),
                     current_setting('enable_seqscan'), current_setting('gatefold.backfill'),
                     current_setting('synchronous_commit')
              """)) {
        row.next();
        assertThat(row.getString(1)).isEqualTo("0");
        assertThat(row.getString(2)).isEqualTo("origin");
        assertThat(row.getString(3)).isEqualTo("on");
        assertThat(row.getString(4)).isEmpty();
        assertThat(row.getString(5)).isEqualTo("on");
      }
    }
  }

  @Test
  void aConnectionInATransactionIsNotTaken() throws Exception {
    try (Scene scene = Scene.items(5);
        Connection connection = scene.database.connect()) {
      connection.setAutoCommit(false);
      BackfillJob job = Scene.job(scene.itemMapping());
      assertThatThrownBy(() -> scene.run(connection, job))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void usersTriggersFireOnlyWhereTheyShallOrMust() throws Exception {
    assertThat(fired(UserTriggers.SKIP, true)).isEqualTo("0");
    assertThat(fired(UserTriggers.FIRE, true)).isEqualTo("5");
    assertThat(fired(UserTriggers.SKIP, false)).isEqualTo("5");
  }

  private static String fired(UserTriggers triggers, boolean permitted) throws Exception {
    try (Scene scene = Scene.items(5)) {
      scene.database.execute(COUNTING + "ALTER TABLE item ENABLE TRIGGER counting");
      scene.run(
          new BackfillJob(
              scene.itemMapping(),
              Scene.tenRows(triggers),
              false,
              permitted,
              OptionalLong.empty()));
      assertThat(scene.value(UNFILLED)).isEqualTo("0");
      return scene.value("SELECT count(*) FROM seen");
    }
  }

  @Test
  void theSyncSeesTheSkipSettingDuringABatch() throws Exception {
    assertThat(firedUnless("3f2a")).isEqualTo("0");
    assertThat(firedUnless("another")).isEqualTo("5");
  }

  private static String firedUnless(String token) throws Exception {
    try (Scene scene = Scene.items(5)) {
      scene.database.execute(
          COUNTING
              + """
              CREATE TRIGGER sync BEFORE UPDATE ON item FOR EACH ROW
              WHEN (current_setting('gatefold.backfill', true) IS DISTINCT FROM '%s')
              EXECUTE FUNCTION count_update();
              ALTER TABLE item ENABLE ALWAYS TRIGGER sync;
              DROP TRIGGER counting ON item;
              """
                  .formatted(token));
      scene.run(Scene.job(scene.itemMapping()));
      return scene.value("SELECT count(*) FROM seen");
    }
  }
}
