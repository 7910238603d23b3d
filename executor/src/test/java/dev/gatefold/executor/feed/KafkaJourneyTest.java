package dev.gatefold.executor.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.backfill.feed.kafka.Topics;
import dev.gatefold.executor.Rollouts.Diagnosis;
import dev.gatefold.executor.journey.Journey;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.executor.traffic.Crew;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.testing.broker.TestBroker;
import java.io.IOException;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A table is followed into another one through Kafka, there and back. */
class KafkaJourneyTest {

  private static final String CHANGE =
      """
      change: orders
      operations:
        - rebuild_table: {table: orders, primary_key: [id, customer]}
      sync: cdc
      feed: {through: kafka, partitions: 4}
      """;

  private TestBroker broker;
  private Journey journey;
  private Appliers appliers;
  private List<String> catalog;

  @BeforeEach
  void start() throws Exception {
    broker = TestBroker.start();
    journey =
        Journey.asSuperuser(
            """
            CREATE TABLE orders (id bigint PRIMARY KEY, customer int NOT NULL, note text UNIQUE);
            INSERT INTO orders SELECT i, i % 7, 'n' || i FROM generate_series(1, 1000) i;
            """,
            Appliers.settings(broker));
    catalog = journey.catalog("orders");
    journey.submitted(CHANGE).promoted("orders", StageName.EXPAND);
    appliers = Appliers.start(1, journey.database().url(), broker);
  }

  @AfterEach
  void stop() throws Exception {
    appliers.close();
    journey.close();
    broker.close();
  }

  @Test
  void allTheWay() throws Exception {
    journey.promoted("orders", StageName.BACKFILL);
    journey.sql("UPDATE orders SET note = 'once' WHERE id = 20; DELETE FROM orders WHERE id = 21");
    journey.promoted("orders", StageName.RETIRE);
    journey.sql(
        """
        BEGIN;
        UPDATE orders SET note = NULL WHERE id = 30;
        INSERT INTO orders VALUES (2000, 1, 'n30');
        UPDATE orders SET id = 2001 WHERE id = 31;
        COMMIT;""");
    List<String> rows = rows();
    journey.promoted("orders", StageName.DROP);
    assertThat(rows()).isEqualTo(rows);
    assertThat(
            journey.rows(
                "SELECT count(*), count(*) FILTER (WHERE note = 'once'), max(id) FROM orders"))
        .containsExactly("1000|1|2001");
    assertThat(slots()).isEmpty();
    assertThat(topics()).hasSize(1);
    assertThat(journey.rollouts().clean()).extracting(Diagnosis::subject).containsExactly("topic");
    assertThat(topics()).isEmpty();
  }

  @Test
  void backAgain() throws Exception {
    journey.promoted("orders", StageName.RETIRE);
    journey.sql(
        "UPDATE orders SET note = 'new' WHERE id = 5; INSERT INTO orders VALUES (2000, 1, 'n5')");
    List<String> rows = rows();
    assertThat(journey.rollback("orders", Optional.of(RolloutState.PLANNED)))
        .isInstanceOf(Outcome.Done.class);
    assertThat(rows()).isEqualTo(rows);
    assertThat(journey.catalog("orders")).isEqualTo(catalog);
    assertThat(slots()).isEmpty();
  }

  /** All lanes hear of it, and what comes after it in one may be applied before. */
  @Test
  void whatIsTruncatedIsGoneAndWhatCameAfterItIsNot() throws Exception {
    journey.promoted("orders", StageName.BACKFILL);
    journey.sql(
        """
        BEGIN;
        TRUNCATE orders;
        INSERT INTO orders SELECT i, 1, 'again' || i FROM generate_series(500, 1500) i;
        COMMIT;""");
    List<String> rows = rows();
    journey.promoted("orders", StageName.RETIRE);
    assertThat(rows()).isEqualTo(rows);
    journey.sql("TRUNCATE orders");
    assertThat(journey.rollback("orders", Optional.of(RolloutState.BACKFILLED)))
        .isInstanceOf(Outcome.Done.class);
    assertThat(rows()).isEmpty();
  }

  /** All rows are exchanged again and again: also just before a swap takes its lock. */
  @Test
  void aTableThatIsReloadedMeanwhileLosesNoRow() throws Exception {
    journey.promoted("orders", StageName.BACKFILL);
    Reload reload = new Reload();
    try (Crew crew = Crew.start(journey.database(), List.of(reload))) {
      journey.promoted("orders", StageName.RETIRE);
      crew.workOn();
      assertThat(journey.rollback("orders", Optional.of(RolloutState.BACKFILLED)))
          .isInstanceOf(Outcome.Done.class);
      crew.workOn();
    }
    assertThat(journey.rows("SELECT count(*), count(DISTINCT note), min(customer) FROM orders"))
        .containsExactly("300|300|" + reload.last);
    journey.promoted("orders", StageName.DROP);
    assertThat(journey.rows("SELECT count(*), count(DISTINCT note), min(customer) FROM orders"))
        .containsExactly("300|300|" + reload.last);
  }

  private static final class Reload implements Crew.Client {

    private volatile long last;

    @Override
    public void round(Statement statement, long number) throws SQLException {
      statement.execute("SELECT pg_sleep(0.7)");
      statement.execute(
          """
          BEGIN;
          TRUNCATE orders;
          INSERT INTO orders SELECT i, %1$d, i || ' of %1$d' FROM generate_series(1, 300) i;
          COMMIT;"""
              .formatted(number));
      last = number;
    }
  }

  @Test
  void aTopicThatIsGoneClosesTheGateAndTheWayBackIsOpen() throws Exception {
    journey.promoted("orders", StageName.BACKFILL);
    try (Topics all = Topics.at(Appliers.settings(broker).brokers().orElseThrow())) {
      all.delete(topics().get(0));
    }
    while (journey
        .rows("SELECT given_up FROM gatefold.feed WHERE given_up IS NOT NULL")
        .isEmpty()) {
      Thread.onSpinWait();
    }
    assertThat(journey.promote("orders", StageName.RETIRE))
        .isInstanceOfSatisfying(
            Outcome.Blocked.class,
            blocked ->
                assertThat(blocked.evidence().findings())
                    .anySatisfy(finding -> assertThat(finding.detail()).contains("is gone")));
    assertThat(journey.rollback("orders", Optional.of(RolloutState.PLANNED)))
        .isInstanceOf(Outcome.Done.class);
    assertThat(slots()).isEmpty();
  }

  private List<String> rows() throws SQLException {
    return journey.rows("SELECT id, customer, note FROM orders ORDER BY id");
  }

  private List<String> slots() throws SQLException {
    return journey.rows(
        "SELECT slot_name FROM pg_replication_slots WHERE database = current_database()");
  }

  private List<String> topics() throws IOException {
    try (Topics all = Topics.at(Appliers.settings(broker).brokers().orElseThrow())) {
      return all.named(Pattern.compile("gatefold_.*"));
    }
  }
}
