package dev.gatefold.executor.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.PromotionOrder;
import dev.gatefold.executor.journey.Journey;
import dev.gatefold.executor.notify.Receiver;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.plan.StageName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workers in processes of their own, which are told to end, killed, and come back. */
class WorkerTest {

  private static final String CHANGE =
      """
      change: %1$s
      operations: [{alter_column: {table: %1$s, column: name, to: label, type: bigint}}]
      backfill: {target_batch_time: 1ms}
      """;

  @TempDir private Path folder;
  private Journey journey;

  @BeforeEach
  void start() throws Exception {
    journey = Journey.on("");
  }

  @AfterEach
  void end() throws Exception {
    journey.close();
  }

  private void change(String name) throws Exception {
    journey.sql(
        """
        CREATE TABLE %1$s (id int PRIMARY KEY, name text);
        INSERT INTO %1$s SELECT i, i FROM generate_series(1, 5000) i;
        """
            .formatted(name));
    journey.submitted(CHANGE.formatted(name));
  }

  private void detach(String change, StageName stage) throws Exception {
    assertThat(journey.rollouts().detach(new ChangeName(change), PromotionOrder.of(stage)))
        .isInstanceOf(Outcome.Done.class);
  }

  private WorkerProcess worker(String... more) throws Exception {
    return WorkerProcess.start(folder, Map.of("GATEFOLD_URL", journey.database().url()), more);
  }

  private String request(String columns) throws Exception {
    return journey.rows("SELECT " + columns + " FROM gatefold.request").get(0);
  }

  /** Holds a row that a backfill is bound to meet, so that it stands in the middle. */
  private interface Middle {
    void there(WorkerProcess worker) throws Exception;
  }

  private void inTheMiddle(Middle middle) throws Exception {
    change("x");
    journey.promoted("x", StageName.EXPAND);
    detach("x", StageName.BACKFILL);
    try (Connection owner = journey.database().connect();
        Statement statement = owner.createStatement();
        WorkerProcess worker = worker()) {
      owner.setAutoCommit(false);
      statement.execute("SELECT FROM x WHERE id = 4000 FOR UPDATE");
      worker.await(line -> line.contains("waiting: "));
      assertThat(request("taken_by IS NOT NULL, ended_at IS NULL")).isEqualTo("t|t");
      middle.there(worker);
      assertThat(journey.rollout("x").state()).isEqualTo(RolloutState.BACKFILLING);
      assertThat(journey.rollout("x").failure()).isEmpty();
      owner.rollback();
    }
    try (WorkerProcess next = worker("--once")) {
      next.await(line -> line.contains("x is backfilled"));
      next.ended();
      assertThat(next.exitCode()).isZero();
    }
    assertThat(request("outcome")).isEqualTo("done");
    assertThat(
            journey.rows(
                "SELECT count(*) FROM gatefold.history WHERE kind = 'promoted' AND stage = 'backfill'"))
        .containsExactly("1");
  }

  @Test
  void toldToEndItPutsItsWorkDown() throws Exception {
    inTheMiddle(
        worker -> {
          assertThat(worker.terminate())
              .contains("gatefold: the promotion of backfill of x is given back");
          assertThat(request("taken_by IS NULL, ended_at IS NULL")).isEqualTo("t|t");
        });
  }

  @Test
  void killedItLosesNothingAndAnotherGoesOn() throws Exception {
    inTheMiddle(
        worker -> {
          worker.kill();
          // The server notices within a second or two; a worker only looks each second.
          journey.rows(
              """
              SELECT pg_terminate_backend(pid, 60000) FROM pg_locks
              WHERE locktype = 'advisory' AND pid <> pg_backend_pid()
                AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
              """);
        });
  }

  @Test
  void severalRunEachPromotionOnce() throws Exception {
    for (String name : List.of("a", "b", "c", "d")) {
      change(name);
      detach(name, StageName.EXPAND);
    }
    try (WorkerProcess one = worker();
        WorkerProcess other = worker();
        WorkerProcess third = worker("--once")) {
      third.ended();
      // Whatever the third left, the others have: it ends when nothing is free.
      assertThat(third.exitCode()).isZero();
      for (String name : List.of("a", "b", "c", "d")) {
        journey.rollouts().detach(new ChangeName(name), PromotionOrder.of(StageName.EXPAND));
      }
      one.terminate();
      other.terminate();
    }
    try (WorkerProcess last = worker("--once")) {
      last.ended();
    }
    assertThat(journey.rows("SELECT DISTINCT state FROM gatefold.rollout"))
        .containsExactly("expanded");
    assertThat(
            journey.rows(
                "SELECT rollout_id FROM gatefold.history WHERE kind = 'stage-done' GROUP BY 1"
                    + " HAVING count(*) > 1"))
        .isEmpty();
  }

  @Test
  void itTellsTheWebhooksOfItsTarget() throws Exception {
    change("x");
    detach("x", StageName.EXPAND);
    try (Receiver receiver = Receiver.open()) {
      Files.writeString(
          folder.resolve("gatefold.yaml"),
          """
          targets:
            prod:
              url: "${DB}"
              notify: [{url: "${HOOK}", secret: "${KEY}", on: [done]}]
          """);
      Map<String, String> environment =
          Map.of("DB", journey.database().url(), "HOOK", receiver.url(), "KEY", Receiver.SECRET);
      try (WorkerProcess worker =
          WorkerProcess.start(folder, environment, "--once", "--target", "prod", "--debug")) {
        assertThat(worker.commandLine()).doesNotContain(Receiver.SECRET, "/hook");
        assertThat(String.join("\n", worker.ended())).doesNotContain(Receiver.SECRET, "/hook");
      }
      assertThat(receiver.received())
          .singleElement()
          .satisfies(it -> assertThat(it.body()).contains("x is expanded"));
    }
  }
}
