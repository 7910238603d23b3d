package dev.gatefold.backfill.feed.debezium;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.backfill.feed.FeedConsumer;
import dev.gatefold.backfill.feed.FeedEnd;
import dev.gatefold.backfill.feed.FeedEvent;
import dev.gatefold.backfill.feed.FeedEvent.Said;
import dev.gatefold.backfill.feed.FeedEvent.Written;
import dev.gatefold.backfill.feed.FeedServer;
import dev.gatefold.backfill.feed.FeedSource;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.schema.UniqueKey.KeyColumn;
import dev.gatefold.testing.TestDatabase;
import java.net.URI;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the log of a real server tells of one table. */
class DebeziumFeedTest {

  private TestDatabase database;
  private String slot;
  private final LinkedBlockingQueue<FeedEvent> told = new LinkedBlockingQueue<>();

  @BeforeEach
  void start() throws SQLException {
    database = TestDatabase.forSuperuser();
    slot = "gatefold_" + database.name();
  }

  @AfterEach
  void stop() throws SQLException {
    // A server notices only after a moment that a reader has left.
    ofSlot("pg_terminate_backend(active_pid, 10000)");
    ofSlot("pg_drop_replication_slot(slot_name)");
    database.close();
  }

  private void ofSlot(String call) throws SQLException {
    database.execute(
        "SELECT %s FROM pg_replication_slots WHERE slot_name = '%s'".formatted(call, slot));
  }

  private void table(String sql, String publication) throws SQLException {
    database.execute(sql);
    boolean lists =
        database
            .queryLines("SELECT current_setting('server_version_num')::int >= 150000")
            .get(0)
            .startsWith("t");
    // The oldest server tells whole rows.
    String told = lists ? publication : publication.replaceFirst(" ?\\(.*\\)", "");
    database.execute("CREATE PUBLICATION gatefold_test FOR TABLE " + told);
    database.execute("SELECT pg_create_logical_replication_slot('%s', 'pgoutput')".formatted(slot));
  }

  private FeedSource source(String table, KeyColumn... key) {
    return new FeedSource(slot, "gatefold_test", TableName.parse(table), List.of(key), "gatefold");
  }

  private static KeyColumn column(String name, String type) {
    return new KeyColumn(new Identifier(name), 1, type, false);
  }

  private FeedServer server() {
    URI uri = URI.create(database.url().substring("jdbc:".length()));
    return new FeedServer(
        uri.getHost(),
        uri.getPort(),
        database.name(),
        database.role(),
        Optional.of("none"),
        Map.of());
  }

  private DebeziumFeed feed(FeedSource source, FeedConsumer<FeedEvent> consumer) {
    return DebeziumFeed.begin(server(), source, 0, consumer);
  }

  private DebeziumFeed feed(FeedSource source) {
    return feed(source, told::addAll);
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

  private List<Written> written(String words) throws InterruptedException {
    return events(words).stream()
        .filter(Written.class::isInstance)
        .map(Written.class::cast)
        .toList();
  }

  /** The same in a form to compare. */
  private List<String> until(String words) throws InterruptedException {
    return events(words).stream()
        .filter(FeedEvent.OfRow.class::isInstance)
        .map(FeedEvent.OfRow.class::cast)
        .map(row -> (row instanceof Written ? "written " : "gone ") + row.key())
        .toList();
  }

  @Test
  void tellsEachWriteByItsKeyInTheOrderOfCommits() throws Exception {
    table("CREATE TABLE item (id bigint PRIMARY KEY, note text)", "item (id)");
    try (DebeziumFeed feed = feed(source("item", column("id", "bigint")))) {
      database.execute("INSERT INTO item VALUES (1, 'a'), (2, 'b'), (3, 'c')");
      database.execute("UPDATE item SET note = 'x' WHERE id = 2");
      database.execute("UPDATE item SET id = 4 WHERE id = 3");
      database.execute("DELETE FROM item WHERE id = 1");
      say("end");
      assertThat(until("end"))
          .containsExactly(
              "written [1]",
              "written [2]",
              "written [3]",
              "written [2]",
              "gone [3]",
              "written [4]",
              "gone [1]");
      assertThat(feed.end()).isNotDone();
    }
  }

  @Test
  void keysOfEveryTypeReadBackAsTheSameValues() throws Exception {
    table(
        """
        CREATE TYPE "Col our" AS ENUM ('red', 'it''s green');
        CREATE TABLE "Odd, na.me" (
          a smallint, b integer, c bigint, d numeric(20, 5), e text, f varchar(9), g char(4),
          h uuid, i bytea, j boolean, k "Col our", l date, m timestamp, n timestamptz, "o ,.p" text,
          PRIMARY KEY (a, b, c, d, e, f, g, h, i, j, k, l, m, n, "o ,.p"))
        """,
        "\"Odd, na.me\"");
    KeyColumn[] key = {
      column("a", "smallint"),
      column("b", "integer"),
      column("c", "bigint"),
      column("d", "numeric"),
      column("e", "text"),
      column("f", "character varying"),
      column("g", "character"),
      column("h", "uuid"),
      column("i", "bytea"),
      column("j", "boolean"),
      column("k", "\"Col our\""),
      column("l", "date"),
      column("m", "timestamp without time zone"),
      column("n", "timestamp with time zone"),
      column("o ,.p", "text")
    };
    try (DebeziumFeed feed = feed(source("\"Odd, na.me\"", key))) {
      for (String moment :
          List.of("infinity", "-infinity", "0044-03-15 BC", "2026-03-29 02:30:00.123456")) {
        database.execute(
            """
            SET TimeZone = 'Europe/Berlin';
            INSERT INTO "Odd, na.me" VALUES (1, 2, 3, 1.5, 'x ''y"', 'ä', 'c',
              '6f9619ff-8b86-d011-b42d-00c04fc964ff', '\\x00ff', true, 'it''s green',
              '%1$s', '%1$s', '%1$s', '')
            """
                .formatted(moment));
      }
      say("end");
      List<String> found = new ArrayList<>();
      for (Written written : written("end")) {
        StringBuilder where = new StringBuilder("true");
        for (int i = 0; i < key.length; i++) {
          where.append(
              " AND %s = '%s'::%s"
                  .formatted(
                      key[i].name().quoted(),
                      written.key().get(i).replace("'", "''"),
                      key[i].type()));
        }
        found.addAll(database.queryLines("SELECT m FROM \"Odd, na.me\" WHERE " + where));
      }
      assertThat(found)
          .containsExactly(
              "infinity", "-infinity", "0044-03-15 00:00:00 BC", "2026-03-29 02:30:00.123456");
      assertThat(feed.end()).isNotDone();
    }
  }

  @Test
  void whatOursHaveWrittenIsNotTold() throws Exception {
    table("CREATE TABLE item (id bigint PRIMARY KEY, note text)", "item (id)");
    try (DebeziumFeed feed = feed(source("item", column("id", "bigint")))) {
      database.execute(
          """
          BEGIN;
          SELECT pg_logical_emit_message(true, 'gatefold', 'own');
          INSERT INTO item VALUES (1);
          COMMIT;
          INSERT INTO item VALUES (2);
          BEGIN;
          SELECT pg_logical_emit_message(true, 'another', 'own');
          INSERT INTO item VALUES (3);
          COMMIT;
          """);
      say("end");
      assertThat(until("end")).containsExactly("written [2]", "written [3]");
      assertThat(feed.end()).isNotDone();
    }
  }

  @Test
  void whatWasNotTakenIsToldAgainAndWhatWasIsNot() throws Exception {
    table("CREATE TABLE item (id bigint PRIMARY KEY, note text)", "item (id)");
    FeedSource source = source("item", column("id", "bigint"));
    try (DebeziumFeed feed = feed(source)) {
      database.execute("INSERT INTO item VALUES (1)");
      say("first");
      assertThat(until("first")).containsExactly("written [1]");
    }
    database.execute("INSERT INTO item VALUES (2)");
    say("second");
    try (DebeziumFeed feed =
        feed(
            source,
            events -> {
              throw new SQLException("the disk is full");
            })) {
      assertThat(feed.end().get(60, TimeUnit.SECONDS))
          .isEqualTo(new FeedEnd.Broken("the disk is full"));
    }
    try (DebeziumFeed feed = feed(source)) {
      assertThat(until("second")).containsExactly("written [2]");
      assertThat(feed.end()).isNotDone();
    }
  }

  @Test
  void aWalsenderThatIsEndedBreaksIt() throws Exception {
    table("CREATE TABLE item (id bigint PRIMARY KEY, note text)", "item (id)");
    FeedSource source = source("item", column("id", "bigint"));
    try (DebeziumFeed feed = feed(source)) {
      say("first");
      until("first");
      ofSlot("pg_terminate_backend(active_pid)");
      assertThat(feed.end().get(60, TimeUnit.SECONDS)).isInstanceOf(FeedEnd.Broken.class);
    }
    database.execute("INSERT INTO item VALUES (1)");
    say("second");
    try (DebeziumFeed feed = feed(source)) {
      assertThat(until("second")).containsExactly("written [1]");
      assertThat(feed.end()).isNotDone();
    }
  }

  /** The one that began first commits last, and is told last, though it stands first in the log. */
  @Test
  void positionsFollowTheCommits() throws Exception {
    table("CREATE TABLE item (id bigint PRIMARY KEY, note text)", "item (id)");
    try (DebeziumFeed feed = feed(source("item", column("id", "bigint")));
        var early = database.connect();
        var statement = early.createStatement()) {
      early.setAutoCommit(false);
      statement.execute("INSERT INTO item VALUES (1)");
      database.execute("INSERT INTO item VALUES (2); UPDATE item SET note = 'x' WHERE id = 2");
      early.commit();
      say("end");
      List<Written> written = written("end");
      assertThat(written).extracting(it -> it.key().get(0)).containsExactly("2", "2", "1");
      assertThat(written).extracting(Written::position).isSorted();
      assertThat(written.get(2).position().at()).isLessThan(written.get(0).position().at());
      assertThat(feed.end()).isNotDone();
    }
  }
}
