package dev.gatefold.executor.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatefold.executor.PromotionOrder;
import dev.gatefold.executor.journey.Journey;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.plan.StageName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three processes fill one table; one is killed again and again, one stands still for a while. */
class ManyWorkersTest {

  private static final int ROWS = 40_000;

  @TempDir private Path folder;
  private Journey journey;

  @BeforeEach
  void start() throws Exception {
    journey =
        Journey.on(
            """
            CREATE TABLE item (id int PRIMARY KEY, name text) WITH (autovacuum_enabled = off);
            INSERT INTO item SELECT i, i FROM generate_series(1, %d) i;
            ANALYZE item;
            CREATE TABLE written (id int);
            CREATE FUNCTION write_down() RETURNS trigger LANGUAGE plpgsql AS
                'BEGIN INSERT INTO public.written VALUES (NEW.id); RETURN NULL; END';
            CREATE TRIGGER zz AFTER UPDATE ON item FOR EACH ROW EXECUTE FUNCTION write_down();
            ALTER TABLE item ENABLE ALWAYS TRIGGER zz;
            """
                .formatted(ROWS));
    journey
        .submitted(
            """
            change: item
            operations: [{alter_column: {table: item, column: name, to: label, type: bigint}}]
            backfill: {workers: 8, target_batch_time: 1ms, max_rows_per_second: 2500}
            """)
        .promoted("item", StageName.EXPAND);
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
                .detach(new ChangeName("item"), PromotionOrder.of(StageName.BACKFILL)))
        .isInstanceOf(Outcome.Done.class);
    try (WorkerProcess still = worker("still");
        WorkerProcess steady = worker("steady")) {
      awaitRows("still");
      awaitRows("steady");
      try (WorkerProcess killed = worker("first")) {
        awaitRows("first");
        still.stop();
        killed.kill();
      }
      try (WorkerProcess killed = worker("second")) {
        // What the first left behind is taken over at once, what stands still after its lease.
        await().atMost(Duration.ofMinutes(1)).until(() -> fences() > 0);
        awaitTakenOver();
        killed.kill();
      }
      still.goOn();
      await().atMost(Duration.ofMinutes(5)).until(this::isBackfilled);
      assertThat(steady.isAlive()).isTrue();
    }
    assertThat(journey.rows("SELECT count(*), count(DISTINCT id) FROM written"))
        .containsExactly(ROWS + "|" + ROWS);
    assertThat(journey.rows("SELECT count(*) FROM item WHERE label = name::bigint"))
        .containsExactly(Integer.toString(ROWS));
    assertThat(journey.rollout("item").progress().mismatches()).isZero();
  }

  /** One who says that it is somebody's, so that its rows can be told from those of others. */
  private WorkerProcess worker(String user) throws Exception {
    return WorkerProcess.start(
        folder,
        Map.of(
            "GATEFOLD_URL", journey.database().url(), "JAVA_TOOL_OPTIONS", "-Duser.name=" + user));
  }

  /** It has rows now, and is at work on them. */
  private void awaitRows(String user) {
    await()
        .atMost(Duration.ofMinutes(1))
        .until(
            () ->
                number(
                        """
                        SELECT count(*) FROM gatefold.backfill_range
                        WHERE worker LIKE '%s on %%' AND done_key IS NOT NULL"""
                            .formatted(user))
                    > 0);
  }

  private long fences() throws Exception {
    return number("SELECT count(*) FROM gatefold.backfill_range WHERE fence > 1");
  }

  /** Nothing is held any more by whoever has been silent for longer than a lease. */
  private void awaitTakenOver() {
    await()
        .atMost(Duration.ofMinutes(1))
        .until(
            () ->
                number(
                        """
                        SELECT count(*) FROM gatefold.backfill_range
                        WHERE leased_until < clock_timestamp()""")
                    == 0);
  }

  private long number(String sql) throws Exception {
    return Long.parseLong(journey.rows(sql).get(0));
  }

  private boolean isBackfilled() throws Exception {
    return journey.rollout("item").state() == RolloutState.BACKFILLED;
  }
}
