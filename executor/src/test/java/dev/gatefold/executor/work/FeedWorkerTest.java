package dev.gatefold.executor.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.journey.Journey;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.plan.StageName;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Between two stages a worker reads the change feeds, and gives them up to whoever promotes. */
class FeedWorkerTest {

  private static final String CHANGE =
      """
      change: x
      operations: [{alter_column: {table: t, column: a, type: bigint}}]
      sync: cdc
      """;

  private static final String BUILDING =
      """
      SELECT quote_ident(attname) FROM pg_attribute
      WHERE attrelid = 't'::regclass AND attname LIKE 'gatefold%'""";

  @TempDir private Path folder;

  @Test
  void whatIsWrittenBetweenTwoStagesIsFollowed() throws Exception {
    try (Journey journey =
        Journey.asSuperuser(
            """
            CREATE TABLE t (id int PRIMARY KEY, a int);
            INSERT INTO t SELECT i, i FROM generate_series(1, 1000) i""")) {
      journey.submitted(CHANGE).promoted("x", StageName.BACKFILL);
      try (WorkerProcess worker =
          WorkerProcess.start(folder, Map.of("GATEFOLD_URL", journey.database().url()))) {
        journey.sql("UPDATE t SET a = a + 1");
        String column = journey.rows(BUILDING).get(0);
        List<String> behind =
            List.of("SELECT count(*) FROM t WHERE %s IS DISTINCT FROM a".formatted(column));
        while (!journey.rows(behind.get(0)).equals(List.of("0"))) {
          assertThat(worker.isAlive()).isTrue();
        }
        assertThat(journey.promote("x", StageName.RETIRE)).isInstanceOf(Outcome.Done.class);
        journey.sql("UPDATE t SET a = a + 1");
        String old = journey.rows(BUILDING).get(0);
        while (!journey
            .rows("SELECT count(*) FROM t WHERE %s IS DISTINCT FROM a".formatted(old))
            .equals(List.of("0"))) {
          assertThat(worker.isAlive()).isTrue();
        }
        assertThat(journey.rollback("x", Optional.of(RolloutState.BACKFILLED)))
            .isInstanceOf(Outcome.Done.class);
        ask(journey, worker, StageName.RETIRE, RolloutState.RETIRED);
        ask(journey, worker, StageName.DROP, RolloutState.COMPLETED);
      }
      assertThat(journey.rows("SELECT count(*), sum(a) FROM t")).containsExactly("1000|502500");
      assertThat(
              journey.rows(
                  "SELECT slot_name FROM pg_replication_slots WHERE database = current_database()"))
          .isEmpty();
    }
  }

  /** The worker has to turn the feed that it reads itself. */
  private static void ask(
      Journey journey, WorkerProcess worker, StageName stage, RolloutState state) throws Exception {
    assertThat(journey.rollouts().detach(new ChangeName("x"), Journey.order(stage)))
        .isInstanceOf(Outcome.Done.class);
    while (journey.rollout("x").state() != state
        || journey.rollouts().requests().stream().anyMatch(it -> it.end().isEmpty())) {
      assertThat(worker.isAlive()).isTrue();
      assertThat(journey.rollout("x").failure()).isEmpty();
    }
  }
}
