package dev.gatefold.executor.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatefold.executor.journey.Journey;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.planner.plan.StageName;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** One backfill of a table for columns that give way and for new ones that are to be filled. */
class FillBesideReplacementTest {

  private static final String SCHEMA =
      """
      CREATE TABLE orders (id int PRIMARY KEY, total int, note text);
      INSERT INTO orders SELECT i, i * 10, 'n' || i FROM generate_series(1, 100) i;
      """;

  @Test
  void allWays() throws Exception {
    DirectCase.of(
            SCHEMA,
            """
            - alter_column: {table: orders, column: total, to: amount, type: bigint}
            - add_column: {table: orders, column: twice, type: int, up: id * 2, nullable: false,
                           default: 7}
            - add_column: {table: orders, column: words, type: text, up: "note || ' ''\\n'' said'"}
            - add_column: {table: orders, column: token, type: uuid, default: gen_random_uuid()}
            - add_column: {table: orders, column: number, type: int, identity: always}
            - create_index: {table: orders, name: by_token, columns: [token]}
            """)
        .equals(
            """
            ALTER TABLE orders ALTER COLUMN total TYPE bigint;
            ALTER TABLE orders RENAME COLUMN total TO amount;
            ALTER TABLE orders ADD COLUMN twice int NOT NULL DEFAULT 7, ADD COLUMN words text,
              ADD COLUMN token uuid DEFAULT gen_random_uuid(),
              ADD COLUMN number int GENERATED ALWAYS AS IDENTITY;
            CREATE INDEX by_token ON orders (token);
            """);
  }

  @Test
  void ofAPartitionedTableThatIsSplit() throws Exception {
    DirectCase.of(
            """
            CREATE TABLE orders (id int PRIMARY KEY, name text) PARTITION BY RANGE (id);
            CREATE TABLE orders_1 PARTITION OF orders FOR VALUES FROM (0) TO (50);
            CREATE TABLE orders_2 PARTITION OF orders FOR VALUES FROM (50) TO (500);
            INSERT INTO orders SELECT i, i || '-' || i FROM generate_series(1, 100) i;
            """,
            """
            - split_column:
                table: orders
                column: name
                into:
                  - {column: one, type: text, up: "split_part(name, '-', 1)"}
                  - {column: two, type: text, up: "split_part(name, '-', 2)"}
                down: one || '-' || two
            - add_column: {table: orders, column: token, type: uuid, default: gen_random_uuid(),
                           nullable: false}
            """)
        .equals(
            """
            ALTER TABLE orders ADD COLUMN one text, ADD COLUMN two text,
              ADD COLUMN token uuid NOT NULL DEFAULT gen_random_uuid(), DROP COLUMN name;
            """);
  }

  @Test
  void whatAnApplicationWroteIsNeverOverwritten() throws Exception {
    try (Journey journey = Journey.on(SCHEMA)) {
      journey.submitted(
          """
          change: c
          operations:
            - add_column: {table: orders, column: twice, type: int, up: id * 2, nullable: false}
            - rename_column: {table: orders, column: total, to: amount}
          """);
      journey.promoted("c", StageName.EXPAND);
      journey.sql("INSERT INTO orders (id, total) VALUES (101, 7)");
      journey.sql("INSERT INTO orders (id, total, twice) VALUES (102, 7, -1)");
      journey.sql("UPDATE orders SET twice = -2 WHERE id = 5");
      journey.sql("UPDATE orders SET note = 'x' WHERE id = 6");
      assertThat(journey.rows("SELECT id, twice FROM orders WHERE twice IS NOT NULL ORDER BY id"))
          .containsExactly("5|-2", "6|12", "101|202", "102|-1");

      assertThat(journey.promote("c", StageName.BACKFILL)).isInstanceOf(Outcome.Done.class);
      assertThat(journey.rows("SELECT id, twice FROM orders WHERE twice <> id * 2 ORDER BY id"))
          .containsExactly("5|-2", "102|-1");
      journey.sql("INSERT INTO orders (id, total) VALUES (103, 8)");
      assertThat(journey.promote("c", StageName.RETIRE)).isInstanceOf(Outcome.Done.class);
      assertThatThrownBy(() -> journey.sql("INSERT INTO orders (id, amount) VALUES (104, 8)"))
          .hasMessageContaining("null value in column \"twice\"");
      assertThat(journey.rollback("c", Optional.of(RolloutState.BACKFILLED)))
          .isInstanceOf(Outcome.Done.class);
      journey.sql("INSERT INTO orders (id, total) VALUES (104, 8)");
      assertThat(journey.rows("SELECT twice FROM orders WHERE id > 102 ORDER BY id"))
          .containsExactly("206", "208");
    }
  }

  @Test
  void aNullThatAnApplicationMeansStaysWhereItMay() throws Exception {
    try (Journey journey = Journey.on(SCHEMA)) {
      journey.submitted(
          """
          change: c
          operations:
            - add_column: {table: orders, column: twice, type: int, up: id * 2}
            - rename_column: {table: orders, column: total, to: amount}
          """);
      journey.promoted("c", StageName.BACKFILL);
      journey.sql("UPDATE orders SET twice = NULL WHERE id = 5");
      assertThat(journey.promote("c", StageName.RETIRE)).isInstanceOf(Outcome.Done.class);
      assertThat(journey.rows("SELECT id FROM orders WHERE twice IS NULL")).containsExactly("5");
    }
  }
}
