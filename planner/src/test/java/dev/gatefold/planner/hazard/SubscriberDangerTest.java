package dev.gatefold.planner.hazard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatefold.planner.Planner;
import dev.gatefold.planner.catalog.CatalogReader;
import dev.gatefold.planner.change.Change;
import dev.gatefold.planner.change.ChangeFile;
import dev.gatefold.planner.dialect.postgres.PostgresDialect;
import dev.gatefold.planner.plan.Hazard;
import dev.gatefold.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A subscriber that lacks a column gets nothing any more, and one that has one too many goes on.
 */
final class SubscriberDangerTest {

  private static final String TABLE = "CREATE TABLE t (id int PRIMARY KEY, a int, b int)";

  @Test
  void subscriberFirstOnAddPublisherFirstOnDrop() throws Exception {
    try (TestDatabase publisher = TestDatabase.forSuperuser();
        TestDatabase subscriber = TestDatabase.forSuperuser()) {
      publisher.execute(TABLE + "; CREATE PUBLICATION p FOR TABLE t");
      subscriber.execute(TABLE);
      String slot = "hazard_" + publisher.name();
      publisher.execute(
          "SELECT pg_create_logical_replication_slot('%s', 'pgoutput')".formatted(slot));
      subscriber.execute(subscription(publisher, slot));
      try {
        publisher.execute("INSERT INTO t VALUES (1, 1, 1)");
        arrived(subscriber, "1");

        // The publisher drops first: nobody stops.
        publisher.execute("ALTER TABLE t DROP b; INSERT INTO t VALUES (2, 2)");
        arrived(subscriber, "2");

        // The publisher adds first: the subscriber stops at the first row, until it has it too.
        publisher.execute("ALTER TABLE t ADD c int; INSERT INTO t VALUES (3, 3, 3)");
        await().atMost(Duration.ofMinutes(1)).until(() -> stopped(subscriber));
        assertThat(subscriber.queryLines("SELECT max(id) FROM t")).containsExactly("2");
        subscriber.execute("ALTER TABLE t ADD c int");
        arrived(subscriber, "3");

        // The subscriber drops first: it stops, too.
        subscriber.execute("ALTER TABLE t DROP a");
        publisher.execute("INSERT INTO t VALUES (4, 4, 4)");
        await().atMost(Duration.ofMinutes(1)).until(() -> stopped(subscriber));
        assertThat(codes(subscriber)).contains("subscribed").doesNotContain("published");
        assertThat(codes(publisher)).contains("published").doesNotContain("subscribed");
      } finally {
        subscriber.execute("ALTER SUBSCRIPTION s DISABLE");
        subscriber.execute("ALTER SUBSCRIPTION s SET (slot_name = NONE)");
        subscriber.execute("DROP SUBSCRIPTION s");
      }
    }
  }

  private static List<String> codes(TestDatabase database) throws Exception {
    Change change =
        ChangeFile.read(
            "x", "{change: x, operations: [{rename_column: {table: t, column: c, to: d}}]}");
    try (Connection connection = database.connect()) {
      return new Planner(new PostgresDialect())
          .plan(new CatalogReader(connection).read(change), change)
          .match(
              plan -> plan.hazards().stream().map(Hazard::code).toList(),
              refusal -> {
                throw new AssertionError(refusal.reasons());
              });
    }
  }

  /** On one server it cannot make its own slot: that would wait for its own transaction. */
  private static String subscription(TestDatabase publisher, String slot) throws SQLException {
    return "CREATE SUBSCRIPTION s CONNECTION 'host=127.0.0.1 port=%s dbname=%s user=%s' PUBLICATION p WITH (create_slot = false, slot_name = '%s', copy_data = false)"
        .formatted(
            publisher.queryLines("SHOW port").get(0), publisher.name(), publisher.role(), slot);
  }

  private static void arrived(TestDatabase subscriber, String id) {
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> subscriber.queryLines("SELECT max(id) FROM t").get(0).equals(id));
  }

  /** Its worker ends with the error and is started again and again: mostly there is none. */
  private static boolean stopped(TestDatabase subscriber) throws SQLException {
    return subscriber
        .queryLines("SELECT count(*) FROM pg_stat_subscription WHERE pid IS NOT NULL")
        .get(0)
        .equals("0");
  }
}
