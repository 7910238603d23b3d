package dev.gatefold.executor.direct;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.engine.StageListener;
import dev.gatefold.executor.journey.Journey;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.plan.StageName;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Rows that keep a constraint from coming into force stop the stage and are named; none is lost.
 */
class BadRowsTest {

  private static final String SCHEMA =
      """
      CREATE TABLE customer (id int PRIMARY KEY);
      INSERT INTO customer VALUES (1), (2);
      CREATE TABLE orders (id int PRIMARY KEY, customer int, code text, total int);
      INSERT INTO orders SELECT i, 1, 'c' || i, i FROM generate_series(1, 50) i;
      INSERT INTO orders VALUES (77, 9, 'c7', -5), (78, 1, NULL, 1);
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "check: total > 0 | id=77 | breaks CHECK ((total > 0)) | total = 5",
        "unique: [code] | code=c7 | stands in 2 rows | code = concat('x', id)",
        "foreign_key: {columns: [customer], references: customer} | id=77"
            + " | refers to no row of public.customer: customer=9 | customer = 2",
        "primary_key: [code] | id=78 | code is NULL | code = concat('y', id)",
      })
  void aRowInTheWayIsNamed(String constraint, String key, String reason, String mend)
      throws Exception {
    try (Journey journey = Journey.on(SCHEMA)) {
      if (constraint.startsWith("primary_key")) {
        journey.sql("ALTER TABLE orders DROP CONSTRAINT orders_pkey, ADD UNIQUE (id)");
        journey.sql(
            "ALTER TABLE orders ALTER id SET NOT NULL; UPDATE orders SET code = 'd' || id"
                + " WHERE id = 77");
      }
      journey.submitted(
          """
          change: strict
          operations:
            - add_constraint: {table: orders, name: strict, %s}
          """
              .formatted(constraint));

      assertThat(journey.promote("strict", StageName.EXPAND))
          .isInstanceOfSatisfying(
              Outcome.Stopped.class,
              stopped -> {
                assertThat(stopped.rows())
                    .extracting(row -> row.key() + ": " + row.reason())
                    .containsExactly(key + ": " + reason);
                assertThat(stopped.step()).contains("public.orders");
              });
      assertThat(journey.rows("SELECT count(*) FROM orders")).containsExactly("52");

      journey.sql("UPDATE orders SET " + mend + " WHERE id IN (77, 78)");
      assertThat(journey.rollouts().retry(new ChangeName("strict"), StageListener.SILENT))
          .isInstanceOf(Outcome.Done.class);
      assertThat(
              journey.rows(
                  "SELECT convalidated FROM pg_constraint"
                      + " WHERE conrelid = 'orders'::regclass AND conname = 'strict'"))
          .containsExactly("t");
    }
  }

  @Test
  void anIndexOfSomebodyElseUnderTheNameStays() throws Exception {
    try (Journey journey = Journey.on(SCHEMA + "CREATE INDEX taken ON customer (id)")) {
      journey.submitted(
          """
          change: named
          operations:
            - create_index: {table: orders, name: taken, columns: [code]}
          """);

      assertThat(journey.promote("named", StageName.EXPAND))
          .isInstanceOfSatisfying(
              Outcome.Stopped.class,
              stopped -> assertThat(stopped.message()).contains("\"taken\" already exists"));
      assertThat(journey.rows("SELECT tablename FROM pg_indexes WHERE indexname = 'taken'"))
          .containsExactly("customer");
      assertThat(journey.rollback("named", Optional.empty())).isInstanceOf(Outcome.Done.class);
      assertThat(journey.rows("SELECT indexname FROM pg_indexes WHERE tablename = 'orders'"))
          .containsExactly("orders_pkey");
    }
  }

  /** What never began must not be taken back: an index that is there would be built once more. */
  @Test
  void stepsThatNeverBeganAreNotUndone() throws Exception {
    String indexes = "SELECT indexdef FROM pg_indexes WHERE tablename = 'orders' ORDER BY 1";
    try (Journey journey =
        Journey.on(
            SCHEMA
                + "CREATE INDEX by_total ON orders (total); CREATE INDEX by_code ON orders (code)")) {
      List<String> before = journey.rows(indexes);
      journey.submitted(
          """
          change: mixed
          operations:
            - add_constraint: {table: orders, name: strict, check: total > 0}
            - drop_index: {table: orders, name: by_total}
            - alter_index: {table: orders, name: by_code, columns: [code, total]}
          """);

      assertThat(journey.promote("mixed", StageName.EXPAND)).isInstanceOf(Outcome.Stopped.class);
      assertThat(journey.rollback("mixed", Optional.empty())).isInstanceOf(Outcome.Done.class);
      assertThat(journey.rows(indexes)).isEqualTo(before);
    }
  }

  @Test
  void aRollbackThatARowStoppedGoesOn() throws Exception {
    String indexes = "SELECT indexdef FROM pg_indexes WHERE tablename = 'orders' ORDER BY 1";
    try (Journey journey =
        Journey.on(
            SCHEMA
                + "ALTER TABLE orders ADD CONSTRAINT sane CHECK (total > -10);"
                + "CREATE INDEX by_total ON orders (total); ALTER TABLE orders CLUSTER ON by_total")) {
      List<String> before = journey.rows(indexes);
      journey.submitted(
          """
          change: free
          operations:
            - drop_constraint: {table: orders, name: sane}
            - drop_index: {table: orders, name: by_total}
          """);
      assertThat(journey.promote("free", StageName.EXPAND)).isInstanceOf(Outcome.Done.class);
      journey.sql("UPDATE orders SET total = -99 WHERE id = 5");

      assertThat(journey.rollback("free", Optional.empty())).isInstanceOf(Outcome.Stopped.class);
      journey.sql("UPDATE orders SET total = 5 WHERE id = 5");
      assertThat(journey.rollback("free", Optional.empty())).isInstanceOf(Outcome.Done.class);
      assertThat(journey.rows(indexes)).isEqualTo(before);
      assertThat(
              journey.rows(
                  "SELECT indisclustered FROM pg_index WHERE indexrelid = 'by_total'::regclass"))
          .containsExactly("t");
    }
  }

  /** The query for the rows reads more of them than the server did, and may stumble over one. */
  @Test
  void whatTheServerSaidIsToldEvenWhereNoRowCanBeNamed() throws Exception {
    try (Journey journey = Journey.on(SCHEMA + "INSERT INTO orders VALUES (99, 1, 'z', 0)")) {
      journey.submitted(
          """
          change: odd
          operations:
            - add_constraint: {table: orders, name: odd, check: 100 / total > -10}
          """);

      assertThat(journey.promote("odd", StageName.EXPAND))
          .isInstanceOfSatisfying(
              Outcome.Stopped.class, stopped -> assertThat(stopped.message()).contains("\"odd\""));
    }
  }
}
