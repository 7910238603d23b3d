package dev.gatefold.executor.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.planner.plan.StageName;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The executor is a plain owner of the table; the application has rights on the table alone. */
class OwnerTest {

  private static final String TABLE =
      """
      CREATE TABLE orders (id int PRIMARY KEY, total text, customer text);
      INSERT INTO orders SELECT i, i::text, 'c' || i FROM generate_series(1, 2000) i;
      ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
      CREATE POLICY even ON orders USING (id % 2 = 0) WITH CHECK (true);
      """;

  private static final String APPLICATION =
      """
      DO $$ BEGIN
        IF to_regrole('plain_app') IS NULL THEN CREATE ROLE plain_app; END IF;
      END $$;
      GRANT SELECT, INSERT, UPDATE, DELETE ON orders TO plain_app;
      """;

  private static final String CHANGE =
      """
      change: shape
      operations:
        - alter_column: {table: orders, column: total, to: amount, type: int}
        - rename_column: {table: orders, column: customer, to: buyer}
      """;

  private static final String AS_APP = "SET SESSION AUTHORIZATION plain_app;";

  @Test
  void theWholeWayAndNoRightIsMissing() throws Exception {
    try (Journey journey = Journey.asOwner("plain_owner", TABLE)) {
      journey.sql(APPLICATION);
      journey.submitted(CHANGE).promoted("shape", StageName.EXPAND);
      journey.sql(AS_APP + "INSERT INTO orders (id, total) VALUES (3001, '7')");
      journey.promoted("shape", StageName.BACKFILL);
      journey.sql(AS_APP + "UPDATE orders SET amount = 8, buyer = 'b' WHERE id = 2");
      journey.promoted("shape", StageName.RETIRE);
      journey.sql(AS_APP + "UPDATE orders SET amount = amount + 1 WHERE id = 4");
      journey.promoted("shape", StageName.DROP);

      assertThat(
              journey.rows(
                  "SELECT id, amount, buyer FROM orders WHERE id IN (1, 2, 4, 3001) ORDER BY id"))
          .containsExactly("1|1|c1", "2|8|b", "4|5|c4", "3001|7|null");
      assertThat(journey.rollout("shape").progress().done()).isEqualTo(2001);
    }
  }

  @Test
  void andBack() throws Exception {
    try (Journey journey = Journey.asOwner("plain_owner", TABLE)) {
      journey.sql(APPLICATION);
      List<String> catalog = journey.catalog("orders");
      journey.submitted(CHANGE).promoted("shape", StageName.RETIRE);
      assertThat(journey.rollback("shape", Optional.of(RolloutState.PLANNED)))
          .isInstanceOf(Outcome.Done.class);
      assertThat(journey.catalog("orders")).isEqualTo(catalog);
    }
  }
}
