package dev.gatefold.executor.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.journey.Journey;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.planner.plan.Step;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kill -9 while new columns are filled, and after each step of columns that come and go. */
class KilledFillTest {

  private static final int ROWS = 60_000;

  private static final String CHANGE =
      """
      change: shape
      operations:
        - add_column: {table: orders, column: cents, type: bigint, up: total * 100, nullable: false}
        - add_column: {table: orders, column: number, type: int, identity: always}
        - drop_column: {table: orders, column: note, down: "'n' || id"}
      backfill: {target_batch_time: 5ms}
      """;

  private static Journey journey(int rows, String key) throws Exception {
    return Journey.on(
            """
            CREATE TABLE orders (id bigint %s, total int, note text NOT NULL);
            CREATE INDEX orders_note ON orders (note);
            INSERT INTO orders SELECT i, i, 'n' FROM generate_series(1, %d) i;
            ANALYZE orders;
            """
                .formatted(key, rows))
        .submitted(CHANGE);
  }

  /** Along the key, and, where there is none, from block to block. */
  @ParameterizedTest
  @ValueSource(strings = {"PRIMARY KEY", "NOT NULL"})
  void inTheMiddleOfTheBackfill(String key) throws Exception {
    try (Journey journey = journey(ROWS, key)) {
      journey.promoted("shape", StageName.EXPAND);
      // What an application wrote, before and behind where the backfill is killed.
      journey.sql("UPDATE orders SET cents = -1 WHERE id IN (7, 59000)");
      for (int kill = 0; kill < 4; kill++) {
        long instant = kill * 12_000L;
        try (ExecutorProcess process =
            ExecutorProcess.start(
                journey.database().url(), List.of("shape", "promote", "backfill"), "")) {
          assertThat(
                  process.await(
                      line ->
                          line.startsWith("outcome")
                              || (line.startsWith("rows ")
                                  && Long.parseLong(line.substring(5)) >= instant)))
              .isPresent();
          process.kill();
        }
        journey.sql("UPDATE orders SET note = 'moved' WHERE id % 1000 = 3");
      }
      assertThat(journey.promote("shape", StageName.BACKFILL)).isInstanceOf(Outcome.Done.class);
      assertThat(journey.rows("SELECT count(*) FROM orders WHERE cents = total * 100"))
          .containsExactly(String.valueOf(ROWS - 2));
      assertThat(journey.rows("SELECT count(DISTINCT number) FROM orders"))
          .containsExactly(String.valueOf(ROWS));
    }
  }

  @Test
  void afterEachSingleStep() throws Exception {
    try (Journey killed = journey(500, "PRIMARY KEY");
        Journey straight = journey(500, "PRIMARY KEY")) {
      straight.promoted("shape", StageName.DROP);
      for (var stage : killed.rollout("shape").plan().stages()) {
        for (Step step : stage.steps()) {
          try (ExecutorProcess process =
              ExecutorProcess.start(
                  killed.database().url(),
                  List.of("shape", "promote", stage.name().word()),
                  step.id())) {
            assertThat(process.await(line -> line.equals("done " + step.id())))
                .as("reaches %s", step.id())
                .isPresent();
            process.kill();
          }
        }
        assertThat(killed.promote("shape", stage.name())).isInstanceOf(Outcome.Done.class);
      }
      assertThat(killed.catalog("orders")).isEqualTo(straight.catalog("orders"));
      assertThat(killed.rows("SELECT count(*) FROM orders WHERE cents = total * 100"))
          .containsExactly("500");
    }
  }
}
