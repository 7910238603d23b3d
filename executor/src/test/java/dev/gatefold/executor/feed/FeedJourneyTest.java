package dev.gatefold.executor.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.journey.Journey;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.planner.plan.StageName;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A column goes all the way, there and back, with a change feed in place of triggers. */
class FeedJourneyTest {

  private static final String CHANGE =
      """
      change: total
      operations:
        - alter_column:
            table: orders
            column: total
            to: amount
            type: numeric(12,2)
            up: total / 100.0
            down: (amount * 100)::bigint
      sync: cdc
      """;

  private Journey journey;

  @BeforeEach
  void start() throws SQLException {
    journey =
        Journey.asSuperuser(
            """
            CREATE TABLE orders (
              id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
              total bigint NOT NULL DEFAULT 0 CHECK (total >= 0),
              note text);
            CREATE INDEX orders_total ON orders (total);
            INSERT INTO orders (total) SELECT i FROM generate_series(1, 1000) i;
            """);
  }

  @AfterEach
  void stop() throws SQLException {
    journey.close();
  }

  @Test
  void allTheWay() throws SQLException {
    journey.submitted(CHANGE).promoted("total", StageName.EXPAND);
    journey.sql(
        "UPDATE orders SET total = total + 1 WHERE id <= 10; INSERT INTO orders (total) VALUES (5)");
    assertThat(journey.promote("total", StageName.BACKFILL)).isInstanceOf(Outcome.Done.class);
    journey.sql("UPDATE orders SET total = 7 WHERE id = 20; DELETE FROM orders WHERE id = 21");
    assertThat(journey.promote("total", StageName.RETIRE)).isInstanceOf(Outcome.Done.class);
    assertThat(journey.rows("SELECT amount FROM orders WHERE id IN (1, 20, 1001) ORDER BY id"))
        .containsExactly("0.02", "0.07", "0.05");
    journey.sql(
        "UPDATE orders SET amount = 1.5 WHERE id = 30; INSERT INTO orders (amount) VALUES (9)");
    assertThat(journey.promote("total", StageName.DROP)).isInstanceOf(Outcome.Done.class);
    assertThat(journey.rows("SELECT sum(amount) FROM orders WHERE id IN (30, 1002)"))
        .containsExactly("10.50");
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void backAgain() throws SQLException {
    List<String> before = journey.catalog("orders");
    journey.submitted(CHANGE).promoted("total", StageName.RETIRE);
    journey.sql(
        "UPDATE orders SET amount = 1.5 WHERE id = 30; INSERT INTO orders (amount) VALUES (9)");
    assertThat(journey.rollback("total", Optional.of(RolloutState.PLANNED)))
        .isInstanceOf(Outcome.Done.class);
    assertThat(journey.rows("SELECT total FROM orders WHERE id IN (30, 1001) ORDER BY id"))
        .containsExactly("150", "900");
    assertThat(journey.catalog("orders")).isEqualTo(before);
    assertThat(leftovers()).isEmpty();
  }

  private List<String> leftovers() throws SQLException {
    return journey.rows(
        """
        SELECT 'slot ' || slot_name FROM pg_replication_slots WHERE database = current_database()
        UNION ALL SELECT 'publication ' || pubname FROM pg_publication
        UNION ALL SELECT 'feed of ' || table_oid FROM gatefold.feed""");
  }
}
