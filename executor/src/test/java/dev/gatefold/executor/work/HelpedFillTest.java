package dev.gatefold.executor.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatefold.executor.journey.Journey;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.timetable.Cron;
import dev.gatefold.planner.change.BackfillFile;
import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.change.PaceSetting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes fill one table for a backfill of its own; the one that runs it is killed. */
class HelpedFillTest {

  /** Four ranges: one process tries two workers, and leaves room for another. */
  private static final int ROWS = 160_000;

  /** Slow at first: both shall be at work before one is killed. */
  private static final String FILE =
      """
      {backfill: x, table: item, set: {n: id}, workers: 4, max_rows_per_second: 2000,
       user_triggers: fire}
      """;

  @TempDir private Path folder;
  private Journey journey;

  @BeforeEach
  void start() throws Exception {
    journey =
        Journey.on(
            """
            CREATE TABLE item (id int PRIMARY KEY, n int) WITH (autovacuum_enabled = off);
            INSERT INTO item SELECT i FROM generate_series(1, %d) i;
            ANALYZE item;
            CREATE TABLE written (id int);
            CREATE FUNCTION write_down() RETURNS trigger LANGUAGE plpgsql AS
                'BEGIN INSERT INTO public.written VALUES (NEW.id); RETURN NULL; END';
            CREATE TRIGGER zz AFTER UPDATE ON item FOR EACH ROW EXECUTE FUNCTION write_down();
            """
                .formatted(ROWS));
  }

  @AfterEach
  void end() throws Exception {
    journey.close();
  }

  @Test
  void noRowIsLeftOutAndNoneIsWrittenTwice() throws Exception {
    assertThat(
            journey
                .rollouts()
                .backfills()
                .schedule(BackfillFile.read("x.yaml", FILE, Cron::check), FILE))
        .isInstanceOf(Outcome.Done.class);
    try (WorkerProcess owner = worker()) {
      awaitAtWork(1);
      try (WorkerProcess helper = worker()) {
        awaitAtWork(2);
        owner.kill();
        journey
            .rollouts()
            .backfills()
            .pace(new ChangeName("x"), Map.of(PaceSetting.MAX_ROWS_PER_SECOND, "none"), false);
        await()
            .atMost(Duration.ofMinutes(2))
            .until(
                () ->
                    journey
                        .rows("SELECT state FROM gatefold.standalone_run")
                        .get(0)
                        .equals("done"));
        assertThat(helper.isAlive()).isTrue();
      }
    }
    assertThat(journey.rows("SELECT count(*), count(DISTINCT id) FROM written"))
        .containsExactly(ROWS + "|" + ROWS);
    assertThat(journey.rows("SELECT count(*) FROM item WHERE n = id"))
        .containsExactly(Integer.toString(ROWS));
  }

  private WorkerProcess worker() throws Exception {
    return WorkerProcess.start(folder, Map.of("GATEFOLD_URL", journey.database().url()));
  }

  /** At least so many processes have said that they wrote rows. */
  private void awaitAtWork(int processes) {
    await()
        .atMost(Duration.ofMinutes(1))
        .until(
            () ->
                Integer.parseInt(
                        journey
                            .rows(
                                """
                                SELECT count(*) FROM gatefold.speed
                                WHERE subject = 'run' AND rows_written > 0""")
                            .get(0))
                    >= processes);
  }
}
