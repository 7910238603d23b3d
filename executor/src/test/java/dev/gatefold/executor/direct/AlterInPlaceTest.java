package dev.gatefold.executor.direct;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.journey.Journey;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.planner.plan.StageName;
import org.junit.jupiter.api.Test;

/** {@code alter_column} where no new column is needed. */
class AlterInPlaceTest {

  private static final String SCHEMA =
      """
      CREATE TABLE orders (id int PRIMARY KEY, total int, code varchar(9));
      INSERT INTO orders SELECT i, i * 10, 'c' || i FROM generate_series(1, 100) i;
      """;

  @Test
  void notNull() throws Exception {
    DirectCase.of(SCHEMA, "- alter_column: {table: orders, column: total, nullable: false}")
        .equals("ALTER TABLE orders ALTER COLUMN total SET NOT NULL");
  }

  @Test
  void notNullWithADefault() throws Exception {
    DirectCase.of(
            SCHEMA,
            "- alter_column: {table: orders, column: total, nullable: false,"
                + " default: (random() * 9)::int}")
        .equals(
            "ALTER TABLE orders ALTER COLUMN total SET NOT NULL,"
                + " ALTER COLUMN total SET DEFAULT (random() * 9)::int");
  }

  @Test
  void notNullWithAWiderType() throws Exception {
    DirectCase.of(
            SCHEMA,
            "- alter_column: {table: orders, column: code, type: varchar(20), nullable: false}")
        .equals(
            "ALTER TABLE orders ALTER COLUMN code TYPE varchar(20), ALTER COLUMN code SET NOT"
                + " NULL");
  }

  @Test
  void notNullOfAPartitionedTable() throws Exception {
    DirectCase.of(
            """
            CREATE TABLE orders (id int PRIMARY KEY, total int) PARTITION BY RANGE (id);
            CREATE TABLE orders_1 PARTITION OF orders FOR VALUES FROM (0) TO (50);
            CREATE TABLE orders_2 PARTITION OF orders FOR VALUES FROM (50) TO (500);
            INSERT INTO orders SELECT i, i * 10 FROM generate_series(1, 100) i;
            """,
            "- alter_column: {table: orders, column: total, nullable: false}")
        .equals("ALTER TABLE orders ALTER COLUMN total SET NOT NULL");
  }

  @Test
  void nullableAndNoDefault() throws Exception {
    DirectCase.of(
            "CREATE TABLE orders (id int PRIMARY KEY, total int NOT NULL DEFAULT 7)",
            "- alter_column: {table: orders, column: total, nullable: true, default: null}")
        .equals(
            "ALTER TABLE orders ALTER COLUMN total DROP NOT NULL,"
                + " ALTER COLUMN total DROP DEFAULT");
  }

  @Test
  void rowsWithNullAreNamed() throws Exception {
    try (Journey journey = Journey.on(SCHEMA)) {
      journey.sql("UPDATE orders SET total = NULL WHERE id = 42");
      journey.submitted(
          """
          change: c
          operations:
            - alter_column: {table: orders, column: total, nullable: false}
          """);
      assertThat(journey.promote("c", StageName.EXPAND).toString()).contains("42");
      journey.sql("UPDATE orders SET total = 0 WHERE id = 42");
      assertThat(journey.promote("c", StageName.EXPAND)).isInstanceOf(Outcome.Done.class);
    }
  }
}
