package dev.gatefold.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.backfill.BackfillOutcome.Paused;
import dev.gatefold.backfill.lease.Part;
import dev.gatefold.backfill.lease.RangeLedger;
import dev.gatefold.backfill.lease.WorkerSession;
import dev.gatefold.backfill.testing.Scene;
import dev.gatefold.planner.change.BackfillSettings;
import dev.gatefold.planner.change.BackfillSettings.UserTriggers;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** The bound on the speed is one for all workers, who come and go in the midst of a range. */
class SharedSpeedTest {

  /** 500 rows a second. */
  private static final BackfillSettings BOUNDED =
      new BackfillSettings(Duration.ofMillis(20), OptionalLong.of(500), UserTriggers.SKIP)
          .withWorkers(1);

  @Test
  void whoComesOrGoesWithinARangeIsNoticedAtTheNextBatch() throws Exception {
    try (Scene scene = Scene.items(60_000);
        Connection other = scene.database.connect();
        WorkerSession session = WorkerSession.on(other)) {
      BackfillJob job =
          new BackfillJob(scene.itemMapping(), BOUNDED, false, true, OptionalLong.empty());
      List<Duration> ends = new ArrayList<>();
      scene.afterBatch(
          batch -> {
            ends.add(Duration.ofNanos(scene.time.nanos()));
            switch (batch) {
              case 1 -> claim(job, session.connection());
              case 3 ->
                  scene.execute("DELETE FROM gatefold.backfill_range WHERE end_key = '{60000}'");
              case 5 -> scene.fence.set("paused");
              default -> {}
            }
          });
      assertThat(scene.run(job)).isInstanceOf(Paused.class);
      // The third and the fourth batch are those of one of two workers: 250 rows in a second.
      assertThat(ends)
          .extracting(Duration::toMillis)
          .containsExactly(0L, 1_000L, 3_000L, 4_000L, 4_500L);
    }
  }

  private static void claim(BackfillJob job, Connection connection) throws SQLException {
    RangeLedger ledger = Scene.ledger(job);
    ledger.claim(connection, 2, ledger.ahead(connection, 2), Part::rowsPerBlock);
  }
}
