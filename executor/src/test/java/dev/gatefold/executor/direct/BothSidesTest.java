package dev.gatefold.executor.direct;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.journey.Journey;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.planner.plan.StageName;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A column and one that refers to it give way in one change. */
class BothSidesTest {

  private static final String SCHEMA =
      """
      CREATE TABLE customer (id int PRIMARY KEY, code text UNIQUE);
      CREATE TABLE orders (id int PRIMARY KEY,
                           customer int NOT NULL REFERENCES customer ON DELETE CASCADE,
                           code text CONSTRAINT coded REFERENCES customer (code)
                             ON DELETE CASCADE);
      CREATE INDEX ON orders (customer);
      INSERT INTO customer SELECT i, 'c' || i FROM generate_series(1, 100) i;
      INSERT INTO orders SELECT i, i, 'c' || i FROM generate_series(1, 100) i;
      """;

  @Test
  void throughAllGates() throws Exception {
    try (Journey journey = Journey.on(SCHEMA)) {
      journey.submitted(
          """
          change: c
          operations:
            - rename_column: {table: customer, column: id, to: customer_id}
            - rename_column: {table: orders, column: customer, to: customer_id}
          """);
      journey.promoted("c", StageName.RETIRE);
      journey.sql("DELETE FROM customer WHERE customer_id = 7");
      assertThat(journey.rollback("c", Optional.of(RolloutState.BACKFILLED)))
          .isInstanceOf(Outcome.Done.class);
      journey.sql("DELETE FROM customer WHERE id = 8");
      assertThat(journey.promote("c", StageName.RETIRE)).isInstanceOf(Outcome.Done.class);
      assertThat(journey.promote("c", StageName.DROP)).isInstanceOf(Outcome.Done.class);
      assertThat(journey.rows("SELECT count(*) FROM orders JOIN customer USING (customer_id)"))
          .containsExactly("98");
    }
  }

  @Test
  void renamed() throws Exception {
    DirectCase.of(
            SCHEMA,
            """
            - rename_column: {table: orders, column: customer, to: buyer}
            - rename_column: {table: customer, column: id, to: number}
            - rename_column: {table: customer, column: code, to: sign}
            """)
        .equals(
            """
            ALTER TABLE orders RENAME customer TO buyer;
            ALTER TABLE customer RENAME id TO number;
            ALTER TABLE customer RENAME code TO sign;
            """);
  }

  @Test
  void ofOneTable() throws Exception {
    DirectCase.of(
            """
            CREATE TABLE part (id int PRIMARY KEY, whole int REFERENCES part);
            INSERT INTO part SELECT i, nullif(i / 2, 0) FROM generate_series(1, 100) i;
            """,
            """
            - rename_column: {table: part, column: id, to: part_id}
            - rename_column: {table: part, column: whole, to: whole_id}
            """)
        .equals(
            """
            ALTER TABLE part RENAME id TO part_id;
            ALTER TABLE part RENAME whole TO whole_id;
            """);
  }
}
