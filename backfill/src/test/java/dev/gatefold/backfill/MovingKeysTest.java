package dev.gatefold.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.backfill.BackfillOutcome.Finished;
import dev.gatefold.backfill.fence.BatchFence;
import dev.gatefold.backfill.testing.Scene;
import org.junit.jupiter.api.Test;

/** Applications update the key along which the backfill runs: whatever they write is filled. */
class MovingKeysTest {

  private static final String UNFILLED =
      "SELECT count(*) FROM item WHERE total_n IS DISTINCT FROM total::integer";

  /** What the sync does with a row whose new shape is not filled, whatever was written. */
  private static final String SYNC =
      """
      CREATE FUNCTION fill() RETURNS trigger LANGUAGE plpgsql AS
          'BEGIN NEW.total_n := NEW.total::integer; RETURN NEW; END';
      CREATE TRIGGER fill BEFORE INSERT OR UPDATE ON item FOR EACH ROW
      WHEN (NEW.total_n IS NULL
          AND current_setting('gatefold.backfill', true) IS DISTINCT FROM '3f2a')
      EXECUTE FUNCTION fill();
      """;

  @Test
  void fromAheadToBehindAndTheOtherWay() throws Exception {
    try (Scene scene = Scene.items(100)) {
      scene.database.execute(SYNC);
      scene.afterBatch(
          batch ->
              scene.database.execute(
                  """
                  UPDATE item SET id = -id WHERE id BETWEEN 100 - 3 * %1$d AND 102 - 3 * %1$d;
                  UPDATE item SET id = id + 1000 WHERE id BETWEEN 1 AND 2 * %1$d;
                  """
                      .formatted(batch)));
      assertThat(scene.run(Scene.job(scene.itemMapping()))).isInstanceOf(Finished.class);
      assertThat(scene.value("SELECT count(*) FROM item WHERE id < 0")).isNotEqualTo("0");
      assertThat(scene.value("SELECT count(*) FROM item WHERE id > 1000")).isNotEqualTo("0");
      assertThat(scene.value(UNFILLED)).isEqualTo("0");
      assertThat(scene.value("SELECT count(*) FROM item")).isEqualTo("100");
    }
  }

  @Test
  void withoutTheSyncTheyWouldBeMissed() throws Exception {
    try (Scene scene = Scene.items(100)) {
      scene.afterBatch(batch -> scene.database.execute("UPDATE item SET id = -id WHERE id = 95"));
      assertThat(scene.run(Scene.job(scene.itemMapping()))).isInstanceOf(Finished.class);
      assertThat(scene.value(UNFILLED)).isEqualTo("1");
    }
  }

  @Test
  void whileABatchIsOpen() throws Exception {
    try (Scene scene = Scene.items(30)) {
      scene.database.execute(SYNC);
      BackfillJob job = Scene.job(scene.itemMapping());
      BatchFence moving =
          () -> {
            // Between the search for the rows of the batch and their update.
            scene.execute("UPDATE item SET id = -id WHERE id = (SELECT max(id) FROM item)");
            return scene.fence.statement();
          };
      try (var connection = scene.database.connect()) {
        scene.backfill(job, moving).run(connection, scene.database::connect, job);
      }
      assertThat(scene.value("SELECT count(*) FROM item WHERE id < 0")).isNotEqualTo("0");
      assertThat(scene.value(UNFILLED)).isEqualTo("0");
    }
  }
}
