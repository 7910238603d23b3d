package dev.gatefold.executor.steering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.gatefold.executor.PaceOrder;
import dev.gatefold.executor.filling.Filling.Steered;
import dev.gatefold.executor.journey.Journey;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.report.StatusContext;
import dev.gatefold.executor.store.PaceStore;
import dev.gatefold.executor.store.Subject;
import dev.gatefold.planner.change.BackfillSettings;
import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.change.PaceSetting;
import java.sql.Connection;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Values that are given to the backfill of a change. */
class PaceTest {

  private static final ChangeName X = new ChangeName("x");

  private static final String TABLE = "CREATE TABLE orders (id int PRIMARY KEY, total text)";

  private static final String CHANGE =
      """
      change: x
      operations:
        - alter_column: {table: orders, column: total, type: int}
      backfill: {max_rows_per_second: 500}
      """;

  @Test
  void valuesCountBeforeTheFilesUntilTheyAreTakenBack() throws Exception {
    try (Journey journey = Journey.on(TABLE);
        Connection connection = journey.database().connect()) {
      journey.submitted(CHANGE);
      assertThat(
              give(
                  journey,
                  Map.of(
                      PaceSetting.TARGET_BATCH_TIME, "50ms",
                      PaceSetting.MAX_ROWS_PER_SECOND, "none")))
          .isInstanceOfSatisfying(
              Outcome.Done.class,
              done ->
                  assertThat(done.message())
                      .isEqualTo(
                          "x is filled with target_batch_time 50ms (file: 20ms),"
                              + " max_rows_per_second none (file: 500), workers 2, window none"));
      // As the file has it: that is no difference.
      give(journey, Map.of(PaceSetting.WINDOW, "none"));

      assertThat(StatusContext.of(journey.rollouts(), X).filling(X).steered())
          .extracting(Steered::setting, Steered::value, Steered::file, Steered::by)
          .containsExactly(
              tuple("max_rows_per_second", "none", "500", me(journey)),
              tuple("target_batch_time", "50ms", "20ms", me(journey)));
      assertThat(settings(journey, connection))
          .isEqualTo(BackfillSettings.DEFAULT.withTargetBatchTime(Duration.ofMillis(50)));

      assertThat(journey.rollouts().pace(X, new PaceOrder(Map.of(), true)))
          .isInstanceOf(Outcome.Done.class);
      assertThat(settings(journey, connection))
          .isEqualTo(BackfillSettings.DEFAULT.withMaxRowsPerSecond(OptionalLong.of(500)));
      assertThat(journey.rollouts().history(Optional.of(X)))
          .filteredOn(line -> line.kind().equals("paced"))
          .extracting(line -> line.text())
          .containsExactly(
              "target_batch_time 50ms, max_rows_per_second none",
              "window none",
              "as the file says");
    }
  }

  @Test
  void anotherPlanBeginsWithItsOwnFile() throws Exception {
    try (Journey journey = Journey.on(TABLE)) {
      journey.submitted(CHANGE);
      give(journey, Map.of(PaceSetting.TARGET_BATCH_TIME, "50ms"));
      journey.submitted(CHANGE.replace("500", "600"));
      assertThat(StatusContext.of(journey.rollouts(), X).filling(X).steered()).isEmpty();
    }
  }

  @Test
  void whatMovesNoRowsHasNoPace() throws Exception {
    Map<PaceSetting, String> values = Map.of(PaceSetting.TARGET_BATCH_TIME, "50ms");
    try (Journey journey = Journey.on(TABLE)) {
      assertThat(give(journey, values)).isInstanceOf(Outcome.OutOfOrder.class);
      journey.submitted(
          """
          change: x
          operations: [{add_column: {table: orders, column: note, type: text}}]
          """);
      assertThat(give(journey, values))
          .isInstanceOfSatisfying(
              Outcome.OutOfOrder.class,
              it ->
                  assertThat(it.message()).isEqualTo("x moves no rows: there is nothing to pace"));
      journey.rollback("x", Optional.empty());
      assertThat(give(journey, values))
          .isInstanceOfSatisfying(
              Outcome.OutOfOrder.class,
              it ->
                  assertThat(it.message())
                      .isEqualTo("x is rolled_back: no rows of it move any more"));
    }
  }

  private static Outcome give(Journey journey, Map<PaceSetting, String> values) throws Exception {
    return journey.rollouts().pace(X, new PaceOrder(values, false));
  }

  private static BackfillSettings settings(Journey journey, Connection connection)
      throws Exception {
    return new PaceStore()
        .over(
            connection,
            Subject.rollout(journey.rollout("x").id()),
            journey.rollout("x").plan().backfill());
  }

  private static String me(Journey journey) throws Exception {
    return journey.rows("SELECT session_user").get(0);
  }
}
