package dev.gatefold.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.backfill.BackfillOutcome.Finished;
import dev.gatefold.backfill.testing.Mappings;
import dev.gatefold.backfill.testing.Scene;
import dev.gatefold.planner.plan.RowMapping;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** Values that a new application wrote survive a later backfill. */
class KeepNewTest {

  /** Two pairs; cents become euros and back, so that a fraction of a cent has no image. */
  private static Scene prices() throws SQLException {
    return Scene.with(
        """
        CREATE TABLE price (
            id integer PRIMARY KEY, cents bigint, euros numeric, code text, code_n integer);
        INSERT INTO price VALUES
            (1, 100, 1.004, '7', 7),        -- euros written by a new application
            (2, 200, NULL, '8', NULL),      -- not filled yet
            (3, 300, 3.004, '9', NULL),     -- one pair of each kind
            (4, 400, 9.99, '10', 10);       -- wrong both ways
        """);
  }

  private static RowMapping mapping(Scene scene) throws SQLException {
    return Mappings.of(
        scene.database,
        "price",
        Mappings.pair("cents", "euros", "%1$s / 100.0", "(%2$s * 100)::bigint"),
        Mappings.integer("code", "code_n"));
  }

  @Test
  void leavesAloneWhatANewApplicationWrote() throws Exception {
    try (Scene scene = prices()) {
      assertThat(scene.run(Scene.keepingNew(mapping(scene)))).isEqualTo(new Finished(4));
      assertThat(
              scene.database.queryLines(
                  "SELECT id, round(euros, 3), code_n FROM price ORDER BY id"))
          .containsExactly("1|1.004|7", "2|2.000|8", "3|3.004|9", "4|4.000|10");
    }
  }

  @Test
  void beforeAnyNewApplicationTheOldShapeDecides() throws Exception {
    try (Scene scene = prices()) {
      assertThat(scene.run(Scene.job(mapping(scene)))).isEqualTo(new Finished(4));
      assertThat(
              scene.database.queryLines(
                  "SELECT id, round(euros, 3), code_n FROM price ORDER BY id"))
          .containsExactly("1|1.000|7", "2|2.000|8", "3|3.000|9", "4|4.000|10");
    }
  }

  @Test
  void aValueWithoutAWayBackIsNotEvenComputed() throws Exception {
    try (Scene scene = Scene.items(3)) {
      // The new application's 0 became '' in the old shape, from which no integer can be made.
      scene.database.execute("UPDATE item SET total = '', total_n = 0 WHERE id = 2");
      RowMapping mapping =
          Mappings.of(
              scene.database,
              "item",
              Mappings.pair(
                  "total",
                  "total_n",
                  "%1$s::integer",
                  "CASE %2$s WHEN 0 THEN '' ELSE %2$s::text END"));
      assertThat(scene.run(Scene.keepingNew(mapping))).isEqualTo(new Finished(3));
      assertThat(scene.database.queryLines("SELECT total_n FROM item ORDER BY id"))
          .containsExactly("10", "0", "30");
    }
  }
}
