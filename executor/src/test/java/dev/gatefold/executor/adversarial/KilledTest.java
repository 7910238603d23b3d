package dev.gatefold.executor.adversarial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.crash.ExecutorProcess;
import dev.gatefold.executor.journey.Journey;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.planner.plan.Stage;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.planner.plan.Step;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Executors that are killed while the application goes on; their other deaths are in KillTest. */
class KilledTest {

  private static final String RENAME =
      """
      change: x
      operations:
        - rename_column: {table: orders, column: email, to: mail}
      backfill: {target_batch_time: 2ms, ignore_signals: [active_sessions]}
      """;

  @Test
  void c4_killBetweenEachPairOfStepsThenResume() throws Exception {
    try (Journey journey = Journey.on(Desk.orders("id bigserial", "PRIMARY KEY (id)"))) {
      journey.submitted(RENAME);
      try (Desk desk = new Desk(journey, "email")) {
        for (Stage stage : journey.rollout("x").plan().stages()) {
          if (stage.name() == StageName.RETIRE) {
            desk.deploy("mail");
          }
          for (Step step : stage.steps()) {
            killAfter(journey, stage.name(), step.id());
            desk.workOn();
          }
          assertThat(journey.promote("x", stage.name())).isInstanceOf(Outcome.Done.class);
        }
        desk.assertNothingLost("mail");
      }
      assertThat(journey.rollout("x").state()).isEqualTo(RolloutState.COMPLETED);
      assertThat(journey.rows("SELECT proname FROM pg_proc WHERE proname LIKE 'gatefold%'"))
          .isEmpty();
    }
  }

  private static void killAfter(Journey journey, StageName stage, String step) throws Exception {
    List<String> command = List.of("x", "promote", stage.word());
    try (ExecutorProcess process = ExecutorProcess.start(journey.database().url(), command, step)) {
      assertThat(process.await(line -> line.equals("done " + step))).as(step).isPresent();
      process.kill();
    }
  }

  @Test
  void c5_killDuringBackfillThenCompleteMustRefuse() throws Exception {
    String rows =
        "INSERT INTO orders (part, email) SELECT 1, 'm' || i FROM generate_series(3001, 20000) i";
    try (Journey journey = Journey.on(Desk.orders("id bigserial", "PRIMARY KEY (id)") + rows)) {
      journey.submitted(RENAME).promoted("x", StageName.EXPAND);
      try (ExecutorProcess process =
          ExecutorProcess.start(
              journey.database().url(), List.of("x", "promote", "backfill"), "")) {
        assertThat(process.await(line -> line.startsWith("rows "))).isPresent();
        process.kill();
      }
      assertThat(journey.rows("SELECT count(*) > 0 FROM orders WHERE mail IS NULL"))
          .as("the kill came in the middle")
          .containsExactly("t");
      List<String> catalog = journey.catalog("orders");
      for (StageName stage : List.of(StageName.RETIRE, StageName.DROP)) {
        assertThat(journey.promote("x", stage)).isInstanceOf(Outcome.OutOfOrder.class);
      }
      assertThat(journey.catalog("orders")).isEqualTo(catalog);
      assertThat(journey.rows("SELECT count(*) FROM orders WHERE email <> 'm' || id"))
          .containsExactly("0");

      assertThat(journey.rollback("x", Optional.of(RolloutState.EXPANDED)))
          .isInstanceOf(Outcome.Done.class);
      journey.promoted("x", StageName.DROP);
      assertThat(journey.rows("SELECT count(*) FROM orders WHERE mail <> 'm' || id"))
          .containsExactly("0");
    }
  }
}
