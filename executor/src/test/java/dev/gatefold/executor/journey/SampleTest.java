package dev.gatefold.executor.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.engine.StageListener;
import dev.gatefold.executor.gate.Evidence.Finding;
import dev.gatefold.executor.gate.Evidence.Verdict;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.plan.StageName;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** While a change waits, a few of its rows are compared now and then. */
class SampleTest {

  private static final String SAMPLES =
      "SELECT rows, mismatches, first_keys FROM gatefold.verification_sample ORDER BY id";

  private static Journey waiting() throws Exception {
    return Journey.on(
            """
            CREATE TABLE orders (id int PRIMARY KEY, total int);
            INSERT INTO orders SELECT i, i FROM generate_series(1, 500) i;
            """)
        .submitted(
            """
            change: x
            operations:
              - alter_column: {table: orders, column: total, to: amount, type: bigint}
            """)
        .promoted("x", StageName.BACKFILL);
  }

  /** The one range of so small a table, and, as often, what came since. */
  private static void sampleUntilRowsAreSeen(Journey journey) throws Exception {
    while (journey.rows("SELECT FROM gatefold.verification_sample WHERE rows > 400").isEmpty()) {
      journey.rollouts().sample();
      journey.sql("UPDATE gatefold.verification_sample SET at = at - interval '61 seconds'");
    }
    // Since the last whole pass, as it is where minutes need not pass.
    journey.sql("UPDATE gatefold.verification SET began_at = began_at - interval '1 hour'");
  }

  private static Finding verification(Journey journey) throws Exception {
    Outcome outcome = journey.rollouts().evidence(new ChangeName("x"), Optional.empty());
    return ((Outcome.Measured) outcome)
        .evidence().findings().stream()
            .filter(it -> it.check().equals("verification public.orders"))
            .findFirst()
            .orElseThrow();
  }

  @Test
  void whatSamplesSawIsToldAtTheGateAndReplacesNoPass() throws Exception {
    try (Journey journey = waiting()) {
      sampleUntilRowsAreSeen(journey);
      assertThat(verification(journey))
          .satisfies(
              it -> {
                assertThat(it.verdict()).isEqualTo(Verdict.CLEAR);
                assertThat(it.detail()).contains("500 rows compared at", "samples since");
              });
      assertThat(journey.rows("SELECT count(*) FROM gatefold.verification")).containsExactly("1");
    }
  }

  @Test
  void atMostOnceAMinute() throws Exception {
    try (Journey journey = waiting()) {
      journey.rollouts().sample();
      List<String> one = journey.rows(SAMPLES);
      assertThat(one).hasSize(1);
      journey.rollouts().sample();
      verification(journey);
      assertThat(journey.rows(SAMPLES)).isEqualTo(one);
    }
  }

  @Test
  void aRowThatDiffersClosesTheGateUntilAllAreComparedAnew() throws Exception {
    try (Journey journey = waiting()) {
      RepairTest.spoil(journey, "UPDATE orders SET amount = -1 WHERE id IN (7, 8)");
      sampleUntilRowsAreSeen(journey);
      assertThat(verification(journey))
          .satisfies(
              it -> {
                assertThat(it.verdict()).isEqualTo(Verdict.BLOCKED);
                assertThat(it.detail()).endsWith("seen 2 that do: 7, 8");
              });
      journey.sql("UPDATE orders SET total = -5 WHERE id IN (7, 8)");
      assertThat(verification(journey).verdict()).isEqualTo(Verdict.BLOCKED);
      assertThat(journey.rollouts().verify(new ChangeName("x"), StageListener.SILENT))
          .isInstanceOf(Outcome.Done.class);
      assertThat(verification(journey).verdict()).isEqualTo(Verdict.CLEAR);
    }
  }

  @Test
  void rowsThatCameSinceAreLookedAtAsWell() throws Exception {
    try (Journey journey = waiting()) {
      journey.sql("INSERT INTO orders SELECT i, i FROM generate_series(501, 520) i");
      while (journey.rows("SELECT FROM gatefold.verification_sample WHERE rows = 20").isEmpty()) {
        journey.rollouts().sample();
        journey.sql("UPDATE gatefold.verification_sample SET at = at - interval '61 seconds'");
      }
    }
  }

  @Test
  void notWhileSomebodyWorksOnIt() throws Exception {
    try (Journey journey = waiting()) {
      assertThat(
              journey.promoteWith(
                  "x",
                  StageName.RETIRE,
                  "retire.swap.public.orders",
                  () -> journey.rollouts().sample()))
          .isInstanceOf(Outcome.Done.class);
      assertThat(journey.rows(SAMPLES)).isEmpty();
    }
  }

  @Test
  void notWhileItIsPaused() throws Exception {
    try (Journey journey = waiting()) {
      journey.rollouts().pause(new ChangeName("x"));
      journey.rollouts().sample();
      assertThat(journey.rows(SAMPLES)).isEmpty();
    }
  }
}
