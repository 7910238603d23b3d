package dev.gatefold.executor.demo.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatefold.testing.TestDatabase;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The clients notice what Gatefold could do wrong, in the table and in their statements. */
class TrafficTest {

  private static final long ROWS = 2_000;

  @Test
  void withoutAnyChangeAllIsAsItWasWritten() throws Exception {
    run(List.of(), counts -> assertThat(counts.clean()).isTrue());
  }

  @Test
  void anOldValueIsSeen() throws Exception {
    run(
        List.of("UPDATE orders SET total = '0.01' WHERE id <= 1500"),
        counts -> assertThat(counts.lost()).isPositive());
  }

  @Test
  void aMissingRowAndARowTooManyAreSeen() throws Exception {
    run(
        List.of("DELETE FROM orders WHERE id <= 500"),
        counts -> assertThat(counts.lost()).isPositive());
    run(
        List.of("INSERT INTO orders (id, customer, total) VALUES (77000000, 'x', '1.00')"),
        counts -> assertThat(counts.lost()).isEqualTo(1));
  }

  @Test
  void aFailedStatementIsCountedAndTheClientsGoOn() throws Exception {
    run(
        List.of(
            "ALTER TABLE orders RENAME COLUMN customer TO buyer",
            "SELECT pg_sleep(0.1)",
            "ALTER TABLE orders RENAME COLUMN buyer TO customer"),
        counts -> {
          assertThat(counts.failed()).isPositive();
          assertThat(counts.lost()).isZero();
        });
  }

  @Test
  void aStallIsMeasured() throws Exception {
    run(
        List.of("BEGIN; LOCK TABLE orders; SELECT pg_sleep(0.4); COMMIT"),
        counts -> assertThat(counts.longest()).isGreaterThan(Duration.ofMillis(300)));
  }

  private interface Expectation {
    void check(Counts counts);
  }

  /** Lets clients work, tampers, lets them go on for a while, and looks at every row. */
  private static void run(List<String> tampering, Expectation expectation) throws Exception {
    try (TestDatabase database = TestDatabase.create();
        Connection connection = database.connect();
        Traffic traffic = new Traffic(database.url(), ROWS)) {
      Traffic.createOrders(connection, ROWS);
      traffic.start("v1", Shape.ORIGINAL, 2);
      until(traffic, 100);
      for (String sql : tampering) {
        database.execute(sql);
      }
      until(traffic, traffic.counts().statements() + 100);
      assertThat(traffic.audit(connection, Shape.ORIGINAL)).isPositive();
      expectation.check(traffic.counts());
    }
  }

  private static void until(Traffic traffic, long statements) {
    await().until(() -> traffic.counts().statements() >= statements);
  }
}
