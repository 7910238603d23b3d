package dev.gatefold.executor.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatefold.executor.journey.Journey;
import dev.gatefold.executor.standalone.Backfills;
import dev.gatefold.planner.change.BackfillFile;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The server lets scheduled backfills begin, and leaves the work to workers. */
class BackfillTimesTest {

  private static final String HOURLY =
      "{backfill: x, table: t, set: {a: 1}, schedule: 0 * * * * UTC}";

  @Test
  void aRunWaitsForAWorkerWhenItsTimeHasCome() throws Exception {
    try (Journey journey = Journey.on("CREATE TABLE t (id int PRIMARY KEY, a int)")) {
      Backfills backfills = journey.rollouts().backfills();
      backfills.schedule(BackfillFile.read("x.yaml", HOURLY, schedule -> {}), HOURLY);
      journey.sql("UPDATE gatefold.scheduled_task SET execution_time = now() - interval '1 min'");
      BackfillTimes times = new BackfillTimes(new Target(journey.database().url()));
      times.start(new StartupEvent());
      try {
        await()
            .atMost(Duration.ofSeconds(30))
            .until(() -> backfills.list().get(0).last().isPresent());
        assertThat(backfills.list().get(0).word()).isEqualTo("waiting");
        assertThat(backfills.work(name -> progress -> {})).isPresent();
      } finally {
        times.end(new ShutdownEvent());
      }
    }
  }
}
