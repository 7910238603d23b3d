package dev.gatefold.executor.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.planner.plan.StageName;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** New values that the old column cannot hold. */
class GiveUpTest {

  private static final String TABLE =
      """
      CREATE TABLE t (id int PRIMARY KEY, n int NOT NULL);
      INSERT INTO t SELECT i, i FROM generate_series(1, 100) i;
      """;

  private static final String TOO_LARGE = "UPDATE t SET n = 5000000000 WHERE id = 1";

  @Test
  void areRefusedUntilDropUnlessTheFileGivesThemUp() throws Exception {
    try (Journey journey = Journey.on(TABLE)) {
      journey.submitted(change("")).promoted("x", StageName.RETIRE);
      assertThatThrownBy(() -> journey.sql(TOO_LARGE))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("change x")
          .extracting(e -> ((SQLException) e).getSQLState())
          .isEqualTo("GF004");
      journey.promoted("x", StageName.DROP);
      journey.sql(TOO_LARGE);
    }
  }

  @Test
  void areLetThroughAfterRetireWhereTheFileGivesUpTheRollback() throws Exception {
    try (Journey journey = Journey.on(TABLE)) {
      List<String> catalog = journey.catalog("t");
      journey.submitted(change(", on_down_failure: give_up_rollback"));
      journey.promoted("x", StageName.RETIRE);
      journey.sql(TOO_LARGE);

      // The one row has no way back: NOT NULL of the old column cannot be had again.
      assertThat(journey.rollback("x", Optional.empty())).isInstanceOf(Outcome.Stopped.class);
      // The attempt left nothing behind that refuses what was right before; and it can be given up.
      journey.sql("UPDATE t SET n = 6000000000 WHERE id = 2");
      assertThat(journey.promote("x", StageName.RETIRE)).isInstanceOf(Outcome.Done.class);
      journey.sql("UPDATE t SET n = 5 WHERE id IN (1, 2)");
      assertThat(journey.rollback("x", Optional.empty())).isInstanceOf(Outcome.Done.class);
      journey.rollback("x", Optional.empty());
      journey.rollback("x", Optional.empty());
      assertThat(journey.catalog("t")).isEqualTo(catalog);
      assertThat(journey.rows("SELECT n FROM t WHERE id < 3")).containsExactly("5", "5");
    }
  }

  @Test
  void andDoNotKeepTheDropFromBeingPromoted() throws Exception {
    try (Journey journey = Journey.on(TABLE)) {
      journey.submitted(change(", on_down_failure: give_up_rollback"));
      journey.promoted("x", StageName.RETIRE);
      journey.sql(TOO_LARGE);
      journey.promoted("x", StageName.DROP);
      assertThat(journey.rows("SELECT n FROM t WHERE id = 1")).containsExactly("5000000000");
    }
  }

  private static String change(String more) {
    return "change: x\noperations:\n  - alter_column: {table: t, column: n, type: bigint%s}"
        .formatted(more);
  }
}
