package dev.gatefold.executor.trial.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.planner.change.ChangeFile;
import dev.gatefold.planner.snapshot.SnapshotReader;
import dev.gatefold.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** Sample rows are few, and yet nothing that they refer to is missing. */
class SampleRowsTest {

  private static final String CHANGE =
      "change: c\noperations: [{rename_column: {table: orders, column: note, to: remark}}]\n";

  @Test
  void whatRowsReferToComesAlong() throws Exception {
    try (TestDatabase database = TestDatabase.create();
        Connection live = database.connect()) {
      database.execute(
          """
          CREATE TYPE state AS ENUM ('open', 'paid');
          CREATE TABLE regions (code text, state state, PRIMARY KEY (code, state));
          CREATE TABLE customers (
            id serial PRIMARY KEY, boss int REFERENCES customers,
            twice int GENERATED ALWAYS AS (1 + 1) STORED);
          CREATE TABLE orders (
            id int PRIMARY KEY, customer int NOT NULL REFERENCES customers, note text,
            region text, state state, FOREIGN KEY (region, state) REFERENCES regions)
            PARTITION BY RANGE (id);
          CREATE TABLE orders_1 PARTITION OF orders FOR VALUES FROM (0) TO (5);
          CREATE TABLE orders_2 PARTITION OF orders DEFAULT;
          CREATE TABLE locked (note text);
          INSERT INTO regions SELECT 'it''s, "\\' || i, 'paid' FROM generate_series(1, 50) i;
          INSERT INTO customers (boss) SELECT nullif(i / 2, 0) FROM generate_series(1, 300) i;
          INSERT INTO orders
          SELECT i, 301 - i, E'a\\tb', 'it''s, "\\' || 51 - (i % 50 + 1), 'paid'
          FROM generate_series(1, 100) i;
          """);
      try (TrialCopy copy =
          TrialCopy.of(SnapshotReader.read(live), ChangeFile.read("c", CHANGE), CHANGE)) {
        SampleRows.Taken taken = copy.fill(live, 8);

        assertThat(taken.unseen()).isEmpty();
        try (Connection connection = copy.connect()) {
          assertThat(number(connection, "SELECT count(*) FROM orders")).isEqualTo(8);
          assertThat(number(connection, "SELECT count(*) FROM orders_1")).isEqualTo(4);
          // The eight that were taken, those of the orders, and the bosses of all.
          assertThat(number(connection, "SELECT count(*) FROM customers")).isBetween(16L, 60L);
          for (ForeignKey key : ForeignKey.all(connection)) {
            assertThat(key.missing(connection)).as(key.child()).isEmpty();
          }
          assertThat(number(connection, "SELECT nextval('public.customers_id_seq')"))
              .isEqualTo(301);
          assertThat(
                  number(
                      connection,
                      "SELECT count(*) FROM orders WHERE note = E'a\\tb' AND customer > 290"))
              .isEqualTo(8);
          assertThat(taken.rows())
              .isEqualTo(
                  number(
                      connection,
                      "SELECT (SELECT count(*) FROM orders) + (SELECT count(*) FROM customers)"
                          + " + (SELECT count(*) FROM regions)"));
        }
      }
    }
  }

  private static long number(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
