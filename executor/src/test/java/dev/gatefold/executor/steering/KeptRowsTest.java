package dev.gatefold.executor.steering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.engine.StageListener;
import dev.gatefold.executor.journey.Journey;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.report.StatusContext;
import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.executor.store.BadRowStore.Kept;
import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.plan.StageName;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows that cannot be converted, where the file says that they are kept. */
class KeptRowsTest {

  private static final ChangeName X = new ChangeName("x");

  /** The first, the last, two beside each other, one that has no place in the new type. */
  private static final String TABLE =
      """
      CREATE TABLE orders (id int %s, total text, note text);
      INSERT INTO orders SELECT i, i::text FROM generate_series(1, 4000) i;
      UPDATE orders SET total = 'n/a' WHERE id IN (1, 1500, 1501, 4000);
      UPDATE orders SET total = '99999999999' WHERE id = 2500;
      """;

  private static final String CHANGE =
      """
      change: x
      operations:
        - alter_column: {table: orders, column: total, to: sum, type: int}
      backfill: {on_bad_row: keep}
      """;

  @Test
  void allOthersAreDoneAndTheKeptOnesAreListedUntilTheyAreMended() throws Exception {
    try (Journey journey = Journey.on(TABLE.formatted("PRIMARY KEY"))) {
      journey.submitted(CHANGE).promoted("x", StageName.EXPAND);
      assertThat(keys(journey.promote("x", StageName.BACKFILL)))
          .containsExactlyInAnyOrder("1", "1500", "1501", "2500", "4000");
      assertThat(journey.rows("SELECT count(*) FROM orders WHERE sum = id"))
          .containsExactly("3995");
      assertThat(journey.rollout("x").state()).isEqualTo(RolloutState.BACKFILLING);
      assertThat(journey.rollout("x").failure().orElseThrow().reason())
          .contains("5 rows cannot be converted")
          .doesNotContain("n/a");
      List<Kept> kept = journey.rollouts().badRows(X);
      assertThat(kept).extracting(it -> it.row().key().toString()).contains("1", "2500").hasSize(5);
      assertThat(kept)
          .allSatisfy(it -> assertThat(it.table()).isEqualTo("public.orders"))
          .extracting(it -> it.row().reason())
          .contains(
              "invalid input syntax for type integer: \"...\"",
              "value \"...\" is out of range for type integer");
      assertThat(StatusContext.of(journey.rollouts(), X).filling(X).badRows()).isEqualTo(5);

      // Nobody is refused a write for their sake.
      journey.sql("UPDATE orders SET note = 'seen', total = 'still n/a' WHERE id = 1500");
      journey.sql("UPDATE orders SET total = '0' WHERE id IN (1, 1501, 2500)");
      assertThat(keys(journey.rollouts().retry(X, StageListener.SILENT)))
          .containsExactlyInAnyOrder("1500", "4000");
      assertThat(journey.rollouts().badRows(X)).hasSize(2);

      journey.sql("UPDATE orders SET total = '0' WHERE id IN (1500, 4000)");
      assertThat(journey.rollouts().retry(X, StageListener.SILENT))
          .isInstanceOf(Outcome.Done.class);
      assertThat(journey.rollouts().badRows(X)).isEmpty();
      journey.promoted("x", StageName.DROP);
      assertThat(journey.rows("SELECT count(*), count(sum) FROM orders"))
          .containsExactly("4000|4000");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"keep", "stop"})
  void aTableWithoutAKeyHasItsRowsNamedByTheirPlace(String onBadRow) throws Exception {
    try (Journey journey = Journey.on(TABLE.formatted(""))) {
      journey.submitted(CHANGE.replace("keep", onBadRow)).promoted("x", StageName.EXPAND);
      assertThat(keys(journey.promote("x", StageName.BACKFILL)))
          .isNotEmpty()
          .allSatisfy(key -> assertThat(key).startsWith("ctid ("));
      journey.sql("UPDATE orders SET total = '0' WHERE total !~ '^[0-9]{1,5}$'");
      journey.promoted("x", StageName.DROP);
    }
  }

  private static List<String> keys(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Stopped.class);
    return ((Outcome.Stopped) outcome).rows().stream().map(row -> row.key().toString()).toList();
  }
}
