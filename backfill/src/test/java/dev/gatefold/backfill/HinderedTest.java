package dev.gatefold.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.backfill.BackfillOutcome.Finished;
import dev.gatefold.backfill.BackfillOutcome.Paused;
import dev.gatefold.backfill.progress.Progress;
import dev.gatefold.backfill.progress.Waiting;
import dev.gatefold.backfill.testing.Scene;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Other transactions in the way: the batch gives way, comes back, and gets smaller. */
class HinderedTest {

  @Test
  void waitsForARowLockWithSmallerAndSmallerBatches() throws Exception {
    try (Scene scene = Scene.items(30);
        Connection application = scene.database.connect();
        Statement statement = application.createStatement()) {
      application.setAutoCommit(false);
      statement.execute("UPDATE item SET total = '1' WHERE id = 15");
      scene.time.meanwhile(
          sleep -> {
            if (scene.waits.size() == 8) {
              application.commit();
            }
          });
      assertThat(scene.run(Scene.job(scene.itemMapping()))).isEqualTo(new Finished(30));
      assertThat(scene.value("SELECT count(*) FROM item WHERE total_n = total::integer"))
          .isEqualTo("30");
      assertThat(scene.waits).extracting(Waiting::batchRows).startsWith(10, 10, 5).contains(2, 1);
      assertThat(scene.waits).allMatch(wait -> wait.reason().contains("lock timeout"));
      // Everything below the locked row went on meanwhile.
      assertThat(scene.progress).extracting(Progress::rowsDone).startsWith(10L, 12L, 14L);
    }
  }

  @Test
  void waitsLongerAndLongerForOneRowAndStillHearsAPause() throws Exception {
    try (Scene scene = Scene.items(30);
        Connection application = scene.database.connect();
        Statement statement = application.createStatement()) {
      application.setAutoCommit(false);
      statement.execute("SELECT FROM item WHERE id = 1 FOR UPDATE");
      scene.time.meanwhile(
          sleep -> {
            if (scene.waits.size() == 12) {
              scene.fence.set("paused");
            }
          });
      assertThat(scene.run(Scene.job(scene.itemMapping()))).isEqualTo(new Paused("by hand"));
      assertThat(scene.waits).hasSize(12);
      assertThat(scene.waits.get(11).batchRows()).isEqualTo(1);
      assertThat(scene.waits)
          .extracting(Waiting::pause)
          .allMatch(pause -> pause.compareTo(Duration.ofSeconds(10)) <= 0);
      assertThat(scene.waits.get(11).pause()).isGreaterThanOrEqualTo(Duration.ofSeconds(5));
      // It heard of the pause in the midst of the last wait.
      assertThat(Duration.ofNanos(scene.time.nanos()))
          .isBetween(sum(scene.waits.subList(0, 11)), sum(scene.waits).minusSeconds(3));
    }
  }

  private static Duration sum(List<Waiting> waits) {
    return waits.stream().map(Waiting::pause).reduce(Duration.ZERO, Duration::plus);
  }

  @Test
  void aLockOnTheOwnersRecordIsWaitedForToo() throws Exception {
    try (Scene scene = Scene.items(5);
        Connection modeChange = scene.database.connect();
        Statement statement = modeChange.createStatement()) {
      modeChange.setAutoCommit(false);
      statement.execute("SELECT FROM owner FOR UPDATE");
      scene.time.meanwhile(sleep -> modeChange.commit());
      assertThat(scene.run(Scene.job(scene.itemMapping()))).isEqualTo(new Finished(5));
      assertThat(scene.waits).hasSize(1);
    }
  }
}
