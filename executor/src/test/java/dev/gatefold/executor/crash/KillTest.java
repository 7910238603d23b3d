package dev.gatefold.executor.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.journey.Journey;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.planner.plan.Plan;
import dev.gatefold.planner.plan.Stage;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.planner.plan.Step;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Kill -9 at any instant, then the same command again: nothing is lost and nothing left behind. */
class KillTest {

  private static final int ROWS = 60_000;
  private static final long SEED = 20_261_120L;

  private static final String CHANGE =
      """
      change: shape
      operations:
        - alter_column:
            {table: orders, column: total, type: "numeric(12,2)", nullable: false,
             up: "COALESCE(total, '0')::numeric", down: "total::text", same_meaning: true}
        - rename_column: {table: orders, column: email, to: mail}
        - split_column:
            table: orders
            column: who
            into:
              - {column: first, type: text, nullable: false, up: "split_part(who, ' ', 1)"}
              - {column: last, type: text, default: "'x'", up: "split_part(who, ' ', 2)"}
            down: first || ' ' || last
        - merge_columns:
            table: orders
            columns: [x, y]
            into: {column: place, type: "int[]", up: "ARRAY[x, y]"}
            down: {x: "place[1]", y: "place[2]"}
      backfill: {target_batch_time: 5ms}
      """;

  private static final String TABLE =
      """
      CREATE TABLE orders (
        id bigint PRIMARY KEY,
        total text,
        email text CONSTRAINT email_key UNIQUE CONSTRAINT email_check CHECK (length(email) < 40),
        who text NOT NULL,
        x int,
        y int NOT NULL,
        note text);
      CREATE INDEX orders_total ON orders (total);
      INSERT INTO orders SELECT i, nullif(i %% 9, 0), 'm' || i, 'f' || i || ' l' || i,
        i %% 7, i %% 11
      FROM generate_series(1, %d) i;
      ANALYZE orders;
      """;

  /** What the change shall make of the rows, computed beside it. */
  private static final String DIFFERENT =
      """
      SELECT count(*) FROM orders
      WHERE total <> coalesce(nullif(id % 9, 0), 0) OR mail <> 'm' || id OR total IS NULL
         OR (first, last) IS DISTINCT FROM ('f' || id, 'l' || id)
         OR place IS DISTINCT FROM ARRAY[(id % 7)::int, (id % 11)::int]""";

  @Test
  void afterEachSingleStepForwards() throws Exception {
    try (Journey killed = journey(2_000);
        Journey straight = journey(2_000)) {
      straight.promoted("shape", StageName.DROP);
      for (Stage stage : killed.rollout("shape").plan().stages()) {
        for (Step step : stage.steps()) {
          killAfter(killed, List.of("shape", "promote", stage.name().word()), step.id());
        }
        assertThat(killed.promote("shape", stage.name())).isInstanceOf(Outcome.Done.class);
      }
      assertCompletedLike(killed, straight);
    }
  }

  @Test
  void afterEachSingleStepBack() throws Exception {
    try (Journey journey = journey(2_000)) {
      List<String> catalog = journey.catalog("orders");
      Plan plan = journey.rollout("shape").plan();
      journey.promoted("shape", StageName.RETIRE);
      for (StageName stage : List.of(StageName.RETIRE, StageName.BACKFILL, StageName.EXPAND)) {
        for (Step undo : undoOf(plan.stage(stage).orElseThrow())) {
          killAfter(journey, List.of("shape", "rollback", stage.word()), undo.id());
        }
        assertThat(journey.rollback("shape", Optional.empty())).isInstanceOf(Outcome.Done.class);
      }
      assertThat(journey.rollout("shape").state()).isEqualTo(RolloutState.ROLLED_BACK);
      assertThat(journey.catalog("orders")).isEqualTo(catalog);
      assertThat(
              journey.rows(
                  """
                  SELECT count(*) FROM orders
                  WHERE total IS DISTINCT FROM nullif(id % 9, 0)::text
                     OR who <> 'f' || id || ' l' || id OR x <> id % 7 OR y <> id % 11"""))
          .containsExactly("0");
    }
  }

  /** Along the key, and, where there is none, from block to block. */
  @ParameterizedTest
  @CsvSource({"PRIMARY KEY, 20", "NOT NULL, 6"})
  void atRandomInstantsOfTheBackfill(String key, int planned) throws Exception {
    SplittableRandom random = new SplittableRandom(SEED);
    try (Journey killed = journey(ROWS, key);
        Journey straight = journey(2_000, key)) {
      straight.promoted("shape", StageName.DROP);
      killed.promoted("shape", StageName.EXPAND);
      int kills = 0;
      long passed = 0;
      while (kills < planned) {
        // From the last checkpoint so far on, or at the very begin of the next process.
        long instant = passed + random.nextLong(ROWS / planned);
        try (ExecutorProcess process =
            ExecutorProcess.start(
                killed.database().url(), List.of("shape", "promote", "backfill"), "")) {
          Optional<String> line =
              process.await(it -> rows(it) >= instant || it.startsWith("outcome"));
          process.kill();
          assertThat(line).as("seed %d, kill %d at row %d", SEED, kills, instant).isPresent();
          passed = Math.max(passed, rows(line.get()));
          kills++;
        }
        assertThat(checkpoint(killed)).as("no batch is done twice").isGreaterThanOrEqualTo(passed);
      }
      killed.promoted("shape", StageName.DROP);
      assertCompletedLike(killed, straight);
    }
  }

  private static Journey journey(int rows) throws Exception {
    return journey(rows, "PRIMARY KEY");
  }

  private static Journey journey(int rows, String key) throws Exception {
    return Journey.on(TABLE.formatted(rows).replace("PRIMARY KEY", key)).submitted(CHANGE);
  }

  private static void killAfter(Journey journey, List<String> command, String step)
      throws Exception {
    try (ExecutorProcess process = ExecutorProcess.start(journey.database().url(), command, step)) {
      assertThat(process.await(line -> line.equals("done " + step)))
          .as("%s reaches %s", command, step)
          .isPresent();
      process.kill();
    }
  }

  private static List<Step> undoOf(Stage stage) {
    List<Step> steps = new ArrayList<>(stage.steps());
    Collections.reverse(steps);
    return steps.stream().flatMap(step -> step.undo().steps().stream()).toList();
  }

  private static long rows(String line) {
    return line.startsWith("rows ") ? Long.parseLong(line.substring("rows ".length())) : -1;
  }

  private static long checkpoint(Journey journey) throws Exception {
    return Long.parseLong(
        journey.rows("SELECT coalesce(max(rows_done), 0) FROM gatefold.backfill_progress").get(0));
  }

  private static void assertCompletedLike(Journey killed, Journey straight) throws Exception {
    assertThat(killed.rollout("shape").state()).isEqualTo(RolloutState.COMPLETED);
    assertThat(killed.rollout("shape").progress().mismatches()).isZero();
    assertThat(killed.rows(DIFFERENT)).containsExactly("0");
    assertThat(killed.catalog("orders")).isEqualTo(straight.catalog("orders"));
  }
}
