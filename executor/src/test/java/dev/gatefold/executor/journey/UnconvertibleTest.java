package dev.gatefold.executor.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.backfill.range.BadRow;
import dev.gatefold.executor.engine.StageListener;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.plan.StageName;
import org.junit.jupiter.api.Test;

/** Values that the mapping cannot convert, before and during the backfill. */
class UnconvertibleTest {

  private static final String TABLE =
      """
      CREATE TABLE orders (id int PRIMARY KEY, total text);
      INSERT INTO orders SELECT i, i::text FROM generate_series(1, 5000) i;
      UPDATE orders SET total = 'n/a' WHERE id IN (1777, 4000);
      """;

  private static final String CHANGE =
      """
      change: x
      operations:
        - alter_column: {table: orders, column: total, type: int}
      """;

  @Test
  void theBatchStopsNamesTheKeysAndGoesOnOnceTheRowsAreMended() throws Exception {
    try (Journey journey = Journey.on(TABLE)) {
      journey.submitted(CHANGE).promoted("x", StageName.EXPAND);

      assertThat(journey.promote("x", StageName.BACKFILL))
          .isInstanceOfSatisfying(
              Outcome.Stopped.class,
              stopped -> {
                assertThat(stopped.rows()).extracting(row -> row.key().toString()).contains("1777");
                assertThat(stopped.rows())
                    .extracting(BadRow::reason)
                    .first()
                    .asString()
                    .contains("invalid input syntax for type integer");
              });
      assertThat(journey.rollout("x").failure()).isPresent();
      assertThat(journey.rollout("x").state()).isEqualTo(RolloutState.BACKFILLING);

      journey.sql("UPDATE orders SET total = '-1' WHERE total = 'n/a'");
      assertThat(journey.rollouts().retry(new ChangeName("x"), StageListener.SILENT))
          .isInstanceOf(Outcome.Done.class);
      assertThat(journey.rollout("x").failure()).isEmpty();
      journey.promoted("x", StageName.DROP);
      assertThat(journey.rows("SELECT sum(total) FROM orders WHERE id IN (1777, 4000)"))
          .containsExactly("-2");
    }
  }

  @Test
  void anApplicationsValueWithoutImageKeepsTheGateClosedAndIsNamed() throws Exception {
    try (Journey journey = Journey.on(TABLE)) {
      journey.sql("UPDATE orders SET total = '0' WHERE total = 'n/a'");
      journey.submitted(CHANGE).promoted("x", StageName.EXPAND);
      // The backfill is over this key already, as far as its range goes: the row is above its end.
      journey.sql("INSERT INTO orders VALUES (9000, 'later')");

      assertThat(journey.promote("x", StageName.BACKFILL))
          .isInstanceOfSatisfying(
              Outcome.Stopped.class,
              stopped ->
                  assertThat(stopped.rows())
                      .extracting(row -> row.key().toString())
                      .containsExactly("9000"));
      journey.sql("UPDATE orders SET total = '9' WHERE id = 9000");
      journey.promoted("x", StageName.DROP);
      assertThat(journey.rows("SELECT total FROM orders WHERE id = 9000")).containsExactly("9");
    }
  }

  @Test
  void pausedItStopsAndGoesOnAfterwards() throws Exception {
    try (Journey journey = Journey.on(TABLE)) {
      journey.sql("UPDATE orders SET total = '0' WHERE total = 'n/a'");
      journey.submitted(CHANGE).promoted("x", StageName.EXPAND);
      journey.rollouts().pause(new ChangeName("x"));

      assertThat(journey.promote("x", StageName.BACKFILL)).isInstanceOf(Outcome.Waits.class);
      journey.rollouts().resume(new ChangeName("x"));
      journey.promoted("x", StageName.DROP);
    }
  }
}
