package dev.gatefold.executor.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.LiveRollouts;
import dev.gatefold.executor.database.DatabaseUrl;
import dev.gatefold.executor.engine.StageListener;
import dev.gatefold.executor.journey.Journey;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.plan.StageName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * Executors that are started for the same change: one works, the others say so, nothing is hurt.
 */
class TwoExecutorsTest {

  private static final String TABLE =
      """
      CREATE TABLE t (id int PRIMARY KEY, name text NOT NULL);
      CREATE INDEX t_name ON t (name);
      INSERT INTO t SELECT i, 'n' || i FROM generate_series(1, 20000) i;
      """;

  private static final String CHANGE =
      """
      change: x
      operations:
        - rename_column: {table: t, column: name, to: label}
      backfill: {target_batch_time: 2ms}
      """;

  private static final int EXECUTORS = 3;

  @Test
  void startedAtTheSameInstantOnThreads() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(EXECUTORS);
    try (Journey journey = Journey.on(TABLE)) {
      journey.submitted(CHANGE);
      for (StageName stage : StageName.values()) {
        List<Outcome> outcomes = atOnce(journey, threads, stage);
        assertThat(outcomes).as("%s", stage).hasAtLeastOneElementOfType(Outcome.Done.class);
        // Done as well: who came so late that the stage was done before.
        assertThat(outcomes)
            .as("%s", stage)
            .hasOnlyElementsOfTypes(Outcome.Done.class, Outcome.Waits.class);
      }
      assertThat(journey.rollout("x").state()).isEqualTo(RolloutState.COMPLETED);
      assertThat(
              journey.rows(
                  """
                  SELECT text FROM gatefold.history
                  WHERE kind = 'step-done' AND text NOT LIKE '%verify%'
                  GROUP BY 1 HAVING count(*) > 1\
                  """))
          .isEmpty();
      assertThat(journey.rows("SELECT count(*) FROM t WHERE label <> 'n' || id"))
          .containsExactly("0");
    } finally {
      threads.shutdown();
    }
  }

  private static List<Outcome> atOnce(Journey journey, ExecutorService threads, StageName stage)
      throws Exception {
    CyclicBarrier start = new CyclicBarrier(EXECUTORS);
    List<Future<Outcome>> running = new ArrayList<>();
    for (int i = 0; i < EXECUTORS; i++) {
      running.add(
          threads.submit(
              () -> {
                try (LiveRollouts executor =
                    LiveRollouts.open(DatabaseUrl.parse(journey.database().url()))) {
                  start.await();
                  return executor.promote(
                      new ChangeName("x"), Journey.order(stage), StageListener.SILENT);
                }
              }));
    }
    List<Outcome> outcomes = new ArrayList<>();
    for (Future<Outcome> executor : running) {
      outcomes.add(executor.get());
    }
    return outcomes;
  }

  @Test
  void startedInProcessesOfWhichOneIsKilled() throws Exception {
    try (Journey journey = Journey.on(TABLE)) {
      journey.submitted(CHANGE).promoted("x", StageName.EXPAND);
      List<String> command = List.of("x", "promote", "backfill");
      String url = journey.database().url();
      try (ExecutorProcess first =
          ExecutorProcess.start(url, command, "backfill.strict.public.t")) {
        assertThat(first.await(line -> line.equals("done backfill.strict.public.t"))).isPresent();
        try (ExecutorProcess second = ExecutorProcess.start(url, command, "")) {
          assertThat(second.await(line -> line.startsWith("outcome")))
              .hasValueSatisfying(
                  line ->
                      assertThat(line)
                          .startsWith("outcome Waits[")
                          .contains("another executor works on x: session "));
        }
        assertThat(journey.rollback("x", Optional.empty())).isInstanceOf(Outcome.Waits.class);
        first.kill();
      }
      journey.promoted("x", StageName.DROP);
      assertThat(journey.rows("SELECT count(*) FROM t WHERE label <> 'n' || id"))
          .containsExactly("0");
    }
  }
}
