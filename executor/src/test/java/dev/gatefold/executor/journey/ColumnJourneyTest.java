package dev.gatefold.executor.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.planner.plan.StageName;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Forward through all stages: the catalog ends as plain DDL would have made it. */
class ColumnJourneyTest {

  @Test
  void aRenameAndARetypeEndAsPlainDdlWouldHaveMadeThem() throws Exception {
    try (Journey journey = Journey.on(tables())) {
      List<String> before =
          journey.rows("SELECT id, total, customer, email FROM orders ORDER BY 1");
      journey.submitted(CHANGE).promoted("orders-shape", StageName.DROP);

      assertThat(journey.rollout("orders-shape").state()).isEqualTo(RolloutState.COMPLETED);
      assertThat(journey.rows("SELECT id, total, buyer, mail FROM orders ORDER BY 1"))
          .isEqualTo(before);
      journey.sql(
          """
          ALTER TABLE twin.orders ALTER COLUMN total TYPE bigint;
          ALTER TABLE twin.orders RENAME COLUMN customer TO buyer;
          ALTER TABLE twin.orders RENAME COLUMN email TO mail;
          """);
      assertThat(journey.pictureWithoutSchemas("orders"))
          .isEqualTo(journey.pictureWithoutSchemas("twin.orders"));
    }
  }

  private static final String CHANGE =
      """
      change: orders-shape
      operations:
        - alter_column: {table: orders, column: total, type: bigint}
        - rename_column: {table: orders, column: customer, to: buyer}
        - rename_column: {table: orders, column: email, to: mail}
      """;

  private static String tables() {
    String table =
        """
        CREATE TABLE %1$s.customers (id int PRIMARY KEY, code text UNIQUE);
        INSERT INTO %1$s.customers SELECT i, 'c' || i FROM generate_series(1, 100) i;
        CREATE TABLE %1$s.orders (
          id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
          total integer NOT NULL DEFAULT 0 CONSTRAINT total_positive CHECK (total >= 0),
          customer text REFERENCES %1$s.customers (code) ON DELETE SET NULL DEFERRABLE,
          email varchar(80) CONSTRAINT email_key UNIQUE,
          note text);
        CREATE INDEX orders_total ON %1$s.orders (total DESC, note) INCLUDE (customer)
          WHERE total > 10;
        CREATE UNIQUE INDEX orders_mail ON %1$s.orders (lower(email), total);
        COMMENT ON COLUMN %1$s.orders.total IS 'in cents; it''s exact';
        COMMENT ON CONSTRAINT total_positive ON %1$s.orders IS 'no debts';
        COMMENT ON INDEX %1$s.orders_total IS 'for the report';
        GRANT SELECT (total), UPDATE (email) ON %1$s.orders TO pg_monitor;
        ALTER TABLE %1$s.orders ALTER COLUMN email SET STATISTICS 500;
        INSERT INTO %1$s.orders (total, customer, email)
        SELECT i, CASE WHEN i %% 7 > 0 THEN 'c' || (i %% 100 + 1) END, 'm' || i || '@x.org'
        FROM generate_series(1, 5000) i;
        """;
    return "CREATE SCHEMA twin;" + table.formatted("public") + table.formatted("twin");
  }
}
