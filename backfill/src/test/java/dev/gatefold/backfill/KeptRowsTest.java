package dev.gatefold.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.backfill.BackfillOutcome.Finished;
import dev.gatefold.backfill.BackfillOutcome.OwnerLost;
import dev.gatefold.backfill.BackfillOutcome.Unconvertible;
import dev.gatefold.backfill.testing.Mappings;
import dev.gatefold.backfill.testing.Scene;
import dev.gatefold.planner.plan.RowMapping;
import java.sql.Connection;
import org.junit.jupiter.api.Test;

/** Rows that the server refuses are left as they are, where that is wanted. */
class KeptRowsTest {

  @Test
  void allOthersAreFilled() throws Exception {
    try (Scene scene = Scene.items(50)) {
      scene.keep();
      scene.database.execute(
          "UPDATE item SET total = 'n/a' WHERE id IN (1, 10, 11, 12, 25, 30, 49, 50)");
      assertThat(scene.run(keeping(scene.itemMapping()))).isEqualTo(new Finished(50));
      assertThat(scene.value("SELECT count(*) FROM item WHERE total_n = id * 10")).isEqualTo("42");
      assertThat(scene.value("SELECT string_agg(key, ' ' ORDER BY key::int) FROM kept"))
          .isEqualTo("1 10 11 12 25 30 49 50");
      assertThat(scene.value("SELECT DISTINCT reason FROM kept"))
          .isEqualTo("invalid input syntax for type integer: \"...\"");
      assertThat(scene.tables.rowsDone()).isEqualTo(50);
    }
  }

  @Test
  void ofTwoThatFailOnlyTogetherOneIsFilled() throws Exception {
    try (Scene scene = Scene.items(30)) {
      scene.keep();
      scene.database.execute(
          """
          UPDATE item SET total = '5' WHERE id IN (3, 8);
          UPDATE item SET total = 'n/a' WHERE id = 5;
          CREATE UNIQUE INDEX ON item (total_n)
          """);
      assertThat(scene.run(keeping(scene.itemMapping()))).isEqualTo(new Finished(30));
      assertThat(scene.value("SELECT string_agg(key, ' ' ORDER BY key::int) FROM kept"))
          .isEqualTo("5 8");
      assertThat(scene.value("SELECT count(total_n) FROM item")).isEqualTo("28");
    }
  }

  @Test
  void aRowThatFailsOnTheWayPastAnotherIsKeptToo() throws Exception {
    try (Scene scene = Scene.items(40)) {
      scene.keep();
      scene.database.execute("UPDATE item SET total = 'n/a' WHERE id IN (3, 15)");
      // After the first row was passed by, before what lies behind it in the batch is filled.
      scene.afterBatch(
          batch -> {
            if (batch == 2) {
              scene.execute("UPDATE item SET total = 'n/a' WHERE id IN (6, 7)");
            }
          });
      assertThat(scene.run(keeping(scene.itemMapping()))).isEqualTo(new Finished(40));
      assertThat(scene.value("SELECT string_agg(key, ' ' ORDER BY key::int) FROM kept"))
          .isEqualTo("3 6 7 15");
      assertThat(scene.value("SELECT count(total_n) FROM item")).isEqualTo("36");
    }
  }

  @Test
  void whoHelpsDoesNotBeginAnewWhatHasEnded() throws Exception {
    try (Scene scene = Scene.items(50)) {
      scene.keep();
      scene.database.execute("UPDATE item SET total = 'n/a' WHERE id = 10");
      BackfillJob job = keeping(scene.itemMapping());
      assertThat(scene.run(job)).isEqualTo(new Finished(50));
      // So that the next run looks at all rows once more.
      scene.database.execute("DELETE FROM gatefold.backfill");
      try (Connection connection = scene.database.connect()) {
        assertThat(scene.backfill(job, scene.fence).help(connection, job))
            .contains(new OwnerLost("the backfill has ended"));
      }
      assertThat(scene.value("SELECT count(*) FROM gatefold.backfill")).isEqualTo("0");
    }
  }

  @Test
  void withoutSomebodyWhoWritesThemDownItStops() throws Exception {
    try (Scene scene = Scene.items(20)) {
      scene.database.execute("UPDATE item SET total = 'n/a' WHERE id = 3");
      assertThat(scene.run(keeping(scene.itemMapping()))).isInstanceOf(Unconvertible.class);
    }
  }

  @Test
  void fromBlockToBlockRowsAreKeptByTheirKeysOrPlaces() throws Exception {
    try (Scene scene =
        Scene.with(
            """
            CREATE TABLE item (total text, total_n integer);
            INSERT INTO item SELECT i FROM generate_series(1, 3000) AS i;
            UPDATE item SET total = 'n/a' WHERE total::int % 700 = 0;
            """)) {
      scene.keep();
      RowMapping mapping =
          Mappings.of(scene.database, "item", Mappings.integer("total", "total_n"));
      assertThat(scene.run(keeping(mapping))).isInstanceOf(Finished.class);
      assertThat(scene.value("SELECT count(*) FROM item WHERE total_n::text = total"))
          .isEqualTo("2996");
      assertThat(scene.value("SELECT count(*) FROM kept WHERE key LIKE 'ctid (%'")).isEqualTo("4");
    }
  }

  private static BackfillJob keeping(RowMapping mapping) {
    BackfillJob job = Scene.job(mapping);
    return new BackfillJob(
        job.rows(), job.settings().withKeepBadRows(true), false, true, job.rowsEstimate());
  }
}
