package dev.gatefold.backfill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatefold.backfill.BackfillOutcome.Finished;
import dev.gatefold.backfill.BackfillOutcome.Paused;
import dev.gatefold.backfill.BackfillOutcome.Stopped;
import dev.gatefold.backfill.BackfillOutcome.Unconvertible;
import dev.gatefold.backfill.progress.Progress;
import dev.gatefold.backfill.range.BadRow;
import dev.gatefold.backfill.range.Key;
import dev.gatefold.backfill.range.KeyRange;
import dev.gatefold.backfill.range.KeySql;
import dev.gatefold.backfill.testing.Scene;
import dev.gatefold.planner.change.BackfillSettings;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables without a key are filled from block to block. */
class BlocksTest {

  private static final String TABLE = "CREATE TABLE item (id bigint, total text, total_n integer);";

  private static final String UNFILLED =
      "SELECT count(*) FROM item WHERE total_n IS DISTINCT FROM total::integer";

  /** What the sync does until the backfill is over. */
  private static final String SYNC =
      """
      CREATE FUNCTION fill() RETURNS trigger LANGUAGE plpgsql AS
          'BEGIN NEW.total_n := NEW.total::integer; RETURN NEW; END';
      CREATE TRIGGER fill BEFORE INSERT OR UPDATE ON item FOR EACH ROW
      WHEN (current_setting('gatefold.backfill', true) IS DISTINCT FROM '3f2a')
      EXECUTE FUNCTION fill();
      ALTER TABLE item ENABLE ALWAYS TRIGGER fill;
      """;

  private static Scene rows(int rows) throws Exception {
    return Scene.with(
        TABLE
            + "INSERT INTO item SELECT i, (i * 10)::text FROM generate_series(1, %d) AS i;"
                .formatted(rows));
  }

  @Test
  void everyRowOnceInBatchesOfTheSizeAskedFor() throws Exception {
    try (Scene scene = rows(1300)) {
      // A page full of rows is not the smallest batch.
      assertThat(scene.run(Scene.job(scene.itemMapping()))).isInstanceOf(Finished.class);
      assertThat(scene.value(UNFILLED)).isEqualTo("0");
      assertThat(scene.progress.get(0).rowsDone()).isEqualTo(10);
      assertThat(scene.progress.get(1).rowsDone()).isEqualTo(20);
    }
  }

  @Test
  void rowsThatAreAlike() throws Exception {
    try (Scene scene =
        Scene.with(TABLE + "INSERT INTO item SELECT 7, '3' FROM generate_series(1, 45)")) {
      scene.run(Scene.job(scene.itemMapping()));
      assertThat(scene.value("SELECT count(*) FROM item WHERE total_n = 3")).isEqualTo("45");
    }
  }

  @Test
  void anEmptyTableIsFinished() throws Exception {
    try (Scene scene = Scene.with(TABLE)) {
      assertThat(scene.run(Scene.job(scene.itemMapping()))).isEqualTo(new Finished(0));
    }
  }

  @Test
  void partitionByPartition() throws Exception {
    try (Scene scene =
        Scene.with(
            """
            CREATE TABLE item (id bigint, total text, total_n integer) PARTITION BY RANGE (id);
            CREATE TABLE item_1 PARTITION OF item FOR VALUES FROM (0) TO (100);
            CREATE TABLE item_2 PARTITION OF item FOR VALUES FROM (100) TO (200)
                PARTITION BY RANGE (id);
            CREATE TABLE item_21 PARTITION OF item_2 FOR VALUES FROM (100) TO (150);
            CREATE TABLE item_22 PARTITION OF item_2 DEFAULT;
            CREATE TABLE item_3 PARTITION OF item DEFAULT;
            INSERT INTO item SELECT i, i::text FROM generate_series(1, 180) AS i;
            """)) {
      assertThat(scene.run(Scene.job(scene.itemMapping()))).isInstanceOf(Finished.class);
      assertThat(scene.value(UNFILLED)).isEqualTo("0");
    }
  }

  @Test
  void partitionsThatComeAndGo() throws Exception {
    try (Scene scene =
        Scene.with(
            """
            CREATE TABLE item (id bigint, total text, total_n integer) PARTITION BY RANGE (id);
            CREATE TABLE item_1 PARTITION OF item FOR VALUES FROM (0) TO (100);
            CREATE TABLE item_2 PARTITION OF item FOR VALUES FROM (100) TO (200);
            CREATE TABLE item_3 PARTITION OF item FOR VALUES FROM (200) TO (300);
            CREATE TABLE late AS SELECT * FROM item;
            INSERT INTO late SELECT i, i::text FROM generate_series(300, 350) AS i;
            INSERT INTO item SELECT i, i::text FROM generate_series(1, 280) AS i;
            """)) {
      scene.afterBatch(
          batch -> {
            if (batch == 2) {
              scene.database.execute("ALTER TABLE item DETACH PARTITION item_1");
              scene.database.execute("DROP TABLE item_2");
              scene.database.execute("ALTER TABLE item_3 RENAME TO item_4");
              scene.database.execute(
                  "ALTER TABLE item ATTACH PARTITION late FOR VALUES FROM (300) TO (400)");
            }
          });
      assertThat(scene.run(Scene.job(scene.itemMapping()))).isInstanceOf(Finished.class);
      assertThat(scene.value(UNFILLED)).isEqualTo("0");
      assertThat(scene.value("SELECT count(*) FROM item")).isEqualTo("132");
    }
  }

  @Test
  void whatAllPartitionsNeedAndIsGoneEndsIt() throws Exception {
    try (Scene scene =
        Scene.with(
            """
            CREATE TABLE item (id bigint, total text, total_n integer) PARTITION BY RANGE (id);
            CREATE TABLE item_1 PARTITION OF item DEFAULT;
            INSERT INTO item SELECT i, i::text FROM generate_series(1, 50) AS i;
            """)) {
      scene.afterBatch(
          batch -> scene.database.execute("ALTER TABLE item RENAME total TO total_" + batch));
      assertThat(scene.run(Scene.job(scene.itemMapping())))
          .isInstanceOfSatisfying(
              Stopped.class, it -> assertThat(it.reason()).contains("does not exist"));
    }
  }

  @Test
  void aPartitionThatLiesElsewhereIsRefused() throws Exception {
    try (Scene scene = Scene.with("SELECT 1")) {
      scene.database.asSuperuser(
          """
          CREATE FOREIGN DATA WRAPPER nothing;
          CREATE SERVER nowhere FOREIGN DATA WRAPPER nothing;
          CREATE TABLE item (id bigint, total text, total_n integer) PARTITION BY RANGE (id);
          CREATE FOREIGN TABLE item_1 PARTITION OF item DEFAULT SERVER nowhere;
          ALTER TABLE item OWNER TO %1$s;
          ALTER FOREIGN TABLE item_1 OWNER TO %1$s;
          """
              .formatted(scene.database.role()));
      assertThat(scene.run(Scene.job(scene.itemMapping())))
          .isInstanceOfSatisfying(
              Stopped.class, it -> assertThat(it.reason()).contains("no ordinary table"));
    }
  }

  @Test
  void aTableOfDeadRowsOnly() throws Exception {
    try (Scene scene = rows(500)) {
      scene.database.execute("DELETE FROM item");
      assertThat(scene.run(Scene.job(scene.itemMapping()))).isEqualTo(new Finished(0));
    }
  }

  @Test
  void aLongWayBetweenTwoRowsIsGoneInShortBatches() throws Exception {
    try (Scene scene =
        Scene.with(
            TABLE
                + """
                INSERT INTO item SELECT i, '5' || repeat(' ', 900) FROM generate_series(1, 20000) i;
                DELETE FROM item WHERE id BETWEEN 2 AND 19999;
                """)) {
      assertThat(scene.run(Scene.job(scene.itemMapping()))).isInstanceOf(Finished.class);
      assertThat(scene.value(UNFILLED)).isEqualTo("0");
      // 2,500 blocks of 8 rows, 1,024 at a time.
      assertThat(scene.progress).hasSize(3);
    }
  }

  @Test
  void toastedRows() throws Exception {
    try (Scene scene =
        Scene.with(
            """
            CREATE TABLE item (note text, total text, total_n integer);
            ALTER TABLE item ALTER COLUMN note SET STORAGE EXTERNAL;
            INSERT INTO item SELECT repeat('x', 20000 + i), i::text FROM generate_series(1, 60) i;
            """)) {
      scene.run(Scene.job(scene.itemMapping()));
      assertThat(scene.value(UNFILLED)).isEqualTo("0");
      assertThat(scene.value("SELECT sum(length(note)) FROM item")).isEqualTo("1201830");
    }
  }

  @Test
  void onlyTheBlocksOfTheRangeAreRead() throws Exception {
    try (Scene scene = rows(3000)) {
      scene.database.execute("CREATE INDEX ON item (total); ANALYZE item");
      scene.database.execute(
          "ALTER DATABASE " + scene.database.name() + " SET enable_seqscan = off");
      KeySql sql = new KeySql(scene.itemMapping());
      KeyRange range = new KeyRange(Optional.of(Key.of("(1,0)")), Key.of("(2,0)"));
      String plan =
          scene.value(
              "EXPLAIN SELECT count(*) FROM %s WHERE %s"
                  .formatted(
                      sql.table(),
                      sql.within(range).replaceFirst("\\?", "'(1,0)'").replace("?", "'(2,0)'")));
      assertThat(plan).contains("Tid Range Scan").contains("TID Cond");
    }
  }

  @Test
  void goesOnWhereItWasCutOff() throws Exception {
    try (Scene scene = rows(95)) {
      scene.afterBatch(
          batch -> {
            if (batch == 3) {
              throw new IllegalStateException("killed");
            }
          });
      BackfillJob job = Scene.job(scene.itemMapping());
      assertThatThrownBy(() -> scene.run(job)).hasMessage("killed");
      assertThat(scene.value("SELECT count(total_n) FROM item")).isEqualTo("30");
      assertThat(scene.tables.ranges()).singleElement().asString().contains("(0,30)");

      scene.afterBatch(batch -> {});
      int before = scene.progress.size();
      assertThat(scene.run(job)).isInstanceOf(Finished.class);
      assertThat(scene.progress.get(before).rowsDone()).isEqualTo(40);
      assertThat(scene.value(UNFILLED)).isEqualTo("0");
      // Nothing is left to do, and nothing is done.
      String xids = scene.value("SELECT xmin FROM item");
      scene.run(job);
      assertThat(scene.value("SELECT xmin FROM item")).isEqualTo(xids);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "VACUUM FULL item",
        "CREATE INDEX i ON item (id DESC); CLUSTER item USING i",
        "ALTER TABLE item SET UNLOGGED",
      })
  void aRewriteMeansStartingAgain(String rewrite) throws Exception {
    try (Scene scene = rows(95)) {
      // The end of the table, unfilled, comes to where the backfill has been.
      scene.database.execute("DELETE FROM item WHERE id <= 40");
      scene.afterBatch(
          batch -> {
            if (batch == 2) {
              scene.database.execute(rewrite);
            }
          });
      assertThat(scene.run(Scene.job(scene.itemMapping()))).isInstanceOf(Finished.class);
      assertThat(scene.value(UNFILLED)).isEqualTo("0");
    }
  }

  @Test
  void aRewriteBetweenTwoRunsMeansStartingAgain() throws Exception {
    try (Scene scene = rows(95)) {
      scene.database.execute("DELETE FROM item WHERE id <= 40");
      scene.afterBatch(batch -> scene.fence.set("paused"));
      BackfillJob job = Scene.job(scene.itemMapping());
      assertThat(scene.run(job)).isInstanceOf(Paused.class);
      scene.database.execute("VACUUM FULL item");
      scene.afterBatch(batch -> {});
      scene.fence.set("holding");
      assertThat(scene.run(job)).isInstanceOf(Finished.class);
      assertThat(scene.value(UNFILLED)).isEqualTo("0");
    }
  }

  @Test
  void aTruncatedTableIsFinished() throws Exception {
    try (Scene scene = rows(95)) {
      scene.afterBatch(batch -> scene.database.execute("TRUNCATE item"));
      assertThat(scene.run(Scene.job(scene.itemMapping()))).isEqualTo(new Finished(0));
    }
  }

  @Test
  void rowsThatMoveWhileItRunsAreFilledByWhateverMovesThem() throws Exception {
    try (Scene scene = rows(400)) {
      // Room in every block, behind and ahead, for updated rows to go to.
      scene.database.execute("DELETE FROM item WHERE id % 2 = 0");
      scene.database.execute("VACUUM item");
      scene.database.execute(SYNC);
      scene.afterBatch(
          batch -> {
            if (batch <= 12) {
              scene.database.execute(
                  "UPDATE item SET id = id WHERE id % 12 = "
                      + batch % 12
                      + "; DELETE FROM item WHERE id = "
                      + (401 - 2 * batch)
                      + "; INSERT INTO item (id, total) VALUES (1000, '5')");
              scene.database.execute("VACUUM item");
            }
          });
      assertThat(scene.run(Scene.job(scene.itemMapping()))).isInstanceOf(Finished.class);
      assertThat(scene.value(UNFILLED)).isEqualTo("0");
      assertThat(scene.value("SELECT count(*) FROM item")).isEqualTo("200");
    }
  }

  @Test
  void badRowsAreNamedByTheirPlace() throws Exception {
    try (Scene scene = rows(50)) {
      scene.database.execute("DELETE FROM item WHERE id IN (23, 24)");
      scene.database.execute("INSERT INTO item VALUES (23, 'n/a'), (24, 'n/a')");
      BackfillJob job = Scene.job(scene.itemMapping());
      List<String> places = scene.database.queryLines("SELECT ctid FROM item WHERE total = 'n/a'");
      assertThat(places).containsExactly("(0,51)", "(0,52)");
      assertThat(scene.run(job))
          .isInstanceOfSatisfying(
              Unconvertible.class,
              it ->
                  assertThat(it.rows())
                      .extracting(BadRow::key)
                      .extracting(Object::toString)
                      .containsExactly("ctid (0,51)", "ctid (0,52)"));
      scene.database.execute("UPDATE item SET total = '0', total_n = 0 WHERE ctid = '(0,51)'");
      scene.database.execute("UPDATE item SET total = '0' WHERE ctid = '(0,52)'");
      assertThat(scene.run(job)).isInstanceOf(Finished.class);
    }
  }

  @Test
  void statisticsThatAreLongPastDoNotMakeTheFirstBatchesLong() throws Exception {
    try (Scene scene = rows(20_000)) {
      scene.database.execute("ANALYZE item");
      // As after an analysis when rows were wide, a block each.
      scene.database.asSuperuser(
          "UPDATE pg_class SET reltuples = relpages WHERE oid = 'item'::regclass");
      BackfillJob job =
          new BackfillJob(
              scene.itemMapping(), BackfillSettings.DEFAULT, false, true, OptionalLong.empty());
      assertThat(scene.run(job)).isInstanceOf(Finished.class);
      // Four blocks; then as many rows as a batch should have.
      assertThat(scene.progress.get(0).rowsDone()).isBetween(500L, 1000L);
      assertThat(scene.progress.get(1).rowsDone() - scene.progress.get(0).rowsDone())
          .isBetween(200L, 500L);
      assertThat(scene.value(UNFILLED)).isEqualTo("0");
    }
  }

  @Test
  void manyRowsAtFullSpeed() throws Exception {
    try (Scene scene = rows(20_000)) {
      BackfillJob job =
          new BackfillJob(
              scene.itemMapping(), BackfillSettings.DEFAULT, false, true, OptionalLong.of(20_000));
      assertThat(scene.run(job)).isInstanceOf(Finished.class);
      assertThat(scene.value(UNFILLED)).isEqualTo("0");
      assertThat(scene.progress).extracting(Progress::rowsDone).isSorted();
      assertThat(List.of(scene.value("SELECT count(*) FROM item"))).containsExactly("20000");
    }
  }
}
