package dev.gatefold.backfill.feed.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.backfill.feed.Brokers;
import dev.gatefold.backfill.feed.FeedEnd;
import dev.gatefold.backfill.feed.FeedEvent;
import dev.gatefold.backfill.feed.FeedEvent.Emptied;
import dev.gatefold.backfill.feed.FeedEvent.Gone;
import dev.gatefold.backfill.feed.FeedEvent.OfRow;
import dev.gatefold.backfill.feed.FeedEvent.Said;
import dev.gatefold.backfill.feed.FeedPosition;
import dev.gatefold.backfill.feed.FeedServer;
import dev.gatefold.backfill.feed.FeedSource;
import dev.gatefold.backfill.feed.debezium.DebeziumFeed;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.schema.UniqueKey.KeyColumn;
import dev.gatefold.testing.TestDatabase;
import dev.gatefold.testing.broker.TestBroker;
import java.net.URI;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From the log of a real server through the topic of a real broker. */
class RelayTest {

  private static final int LANES = 4;

  private TestBroker broker;
  private TestDatabase database;
  private String slot;
  private final LinkedBlockingQueue<FeedEvent> told = new LinkedBlockingQueue<>();

  @BeforeEach
  void start() throws Exception {
    broker = TestBroker.start();
    database = TestDatabase.forSuperuser();
    slot = "gatefold_" + database.name();
    try (Topics topics = Topics.at(brokers())) {
      topics.make(slot, LANES);
    }
  }

  @AfterEach
  void stop() throws Exception {
    ofSlot("pg_terminate_backend(active_pid, 10000)");
    ofSlot("pg_drop_replication_slot(slot_name)");
    database.close();
    broker.close();
  }

  private void ofSlot(String call) throws SQLException {
    database.execute(
        "SELECT %s FROM pg_replication_slots WHERE slot_name = '%s'".formatted(call, slot));
  }

  private Brokers brokers() {
    return new Brokers(Map.of("bootstrap.servers", broker.servers()), OptionalInt.of(1));
  }

  private void table(String sql) throws SQLException {
    database.execute(sql);
    database.execute("CREATE PUBLICATION gatefold_test FOR TABLE t");
    database.execute("SELECT pg_create_logical_replication_slot('%s', 'pgoutput')".formatted(slot));
  }

  private Relay relay(KeyColumn... key) throws Exception {
    URI uri = URI.create(database.url().substring("jdbc:".length()));
    FeedServer server =
        new FeedServer(
            uri.getHost(),
            uri.getPort(),
            database.name(),
            database.role(),
            Optional.of("none"),
            Map.of());
    FeedSource source =
        new FeedSource(slot, "gatefold_test", TableName.parse("t"), List.of(key), "gatefold");
    return Relay.begin(
        brokers(),
        slot,
        LANES,
        new Unwritten(),
        consumer -> DebeziumFeed.beginWhole(server, source, 0, consumer));
  }

  /** The slot alone says how far the log is read. */
  private static final class Unwritten implements Relay.Logbook {

    @Override
    public boolean passed(FeedPosition position, Optional<Said> heard) {
      return true;
    }

    @Override
    public void close() {}
  }

  private TopicFeed topic(KeyColumn... key) {
    return TopicFeed.begin(
        brokers(), new TopicSource(slot, LANES, List.of(key)), Map.of(), told::addAll);
  }

  private static KeyColumn column(String name, String type) {
    return new KeyColumn(new Identifier(name), 1, type, false);
  }

  private void say(String words) throws SQLException {
    database.execute("SELECT pg_logical_emit_message(true, 'gatefold', '%s')".formatted(words));
  }

  /** Everything up to what somebody says. */
  private List<FeedEvent> events(String words) throws InterruptedException {
    List<FeedEvent> events = new ArrayList<>();
    while (true) {
      FeedEvent event = told.poll(60, TimeUnit.SECONDS);
      assertThat(event).as("after " + events).isNotNull();
      if (event instanceof Said said && said.words().equals(words)) {
        return events;
      }
      events.add(event);
    }
  }

  private static List<List<String>> keys(List<FeedEvent> events) {
    return events.stream()
        .flatMap(event -> event instanceof OfRow row ? Stream.of(row.key()) : Stream.empty())
        .toList();
  }

  @Test
  void keysComeAsTheServerWroteThem() throws Exception {
    table(
        """
        CREATE TABLE t (
          n bigint, u uuid, s text, b bytea, d date, m timestamptz, yes boolean,
          PRIMARY KEY (n, u, s, b, d, m, yes))""");
    KeyColumn[] key = {
      column("n", "bigint"),
      column("u", "uuid"),
      column("s", "text"),
      column("b", "bytea"),
      column("d", "date"),
      column("m", "timestamp with time zone"),
      column("yes", "boolean")
    };
    String uuid = "c6bf7a3e-5f0e-4c6b-8a44-8f3d5a0cf9a1";
    try (Relay relay = relay(key);
        TopicFeed topic = topic(key)) {
      database.execute(
          """
          INSERT INTO t VALUES
            (9223372036854775807, '%1$s', 'a "b" \\ ü', '\\x00ff', 'infinity', '-infinity', true),
            (-1, '%1$s', '', '', '0044-03-15 BC', '2026-11-22 10:00:00.123456+00', false)"""
              .formatted(uuid));
      say("over");
      assertThat(keys(events("over")))
          .containsExactlyInAnyOrder(
              List.of(
                  "9223372036854775807",
                  uuid,
                  "a \"b\" \\ ü",
                  "\\x00ff",
                  "infinity",
                  "-infinity",
                  "true"),
              List.of(
                  "-1", uuid, "", "\\x", "0044-03-15Z BC", "2026-11-22T10:00:00.123456Z", "false"));
    }
  }

  @Test
  void aWordComesOnceItIsInEveryLane() throws Exception {
    table(
        "CREATE TABLE t (id int PRIMARY KEY, a int); INSERT INTO t SELECT i FROM generate_series(1, 500) i");
    try (Relay relay = relay(column("id", "integer"));
        TopicFeed topic = topic(column("id", "integer"))) {
      database.execute("UPDATE t SET a = 1; DELETE FROM t WHERE id <= 100; TRUNCATE t");
      say("over");
      List<FeedEvent> events = events("over");
      assertThat(keys(events)).hasSize(600);
      assertThat(events).filteredOn(Gone.class::isInstance).hasSize(100);
      assertThat(events).filteredOn(Emptied.class::isInstance).hasSize(1);
    }
  }

  /** Then the log is read again from before what was lost. */
  @Test
  void aBrokerThatIsKilledLosesNothing() throws Exception {
    table("CREATE TABLE t (id int PRIMARY KEY)");
    KeyColumn id = column("id", "integer");
    List<List<String>> all = new ArrayList<>();
    try (TopicFeed topic = topic(id)) {
      try (Relay relay = relay(id)) {
        database.execute("INSERT INTO t SELECT i FROM generate_series(1, 100) i");
        say("before");
        all.addAll(keys(events("before")));
        broker.kill();
        database.execute("INSERT INTO t SELECT i FROM generate_series(101, 200) i");
        assertThat(relay.end().get(120, TimeUnit.SECONDS)).isInstanceOf(FeedEnd.Broken.class);
      }
      broker.restart();
      ofSlot("pg_terminate_backend(active_pid, 10000)");
      try (Relay relay = relay(id)) {
        say("after");
        all.addAll(keys(events("after")));
      }
    }
    assertThat(all.stream().map(key -> Integer.parseInt(key.get(0))).distinct()).hasSize(200);
  }
}
