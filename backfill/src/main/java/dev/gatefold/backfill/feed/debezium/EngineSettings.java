package dev.gatefold.backfill.feed.debezium;

import dev.gatefold.backfill.feed.FeedServer;
import dev.gatefold.backfill.feed.FeedSource;
import dev.gatefold.planner.schema.UniqueKey.KeyColumn;
import java.time.Duration;
import java.util.Arrays;
import java.util.Properties;
import java.util.stream.Collectors;

/** Debezium's settings for one feed. */
final class EngineSettings {

  /** An application waits for the end of a swap: an event shall not lie about. */
  private static final Duration POLL = Duration.ofMillis(10);

  /** How often the slot moves on while nobody writes the table. */
  private static final Duration HEARTBEAT = Duration.ofSeconds(5);

  private static final int MOST_EVENTS = 2048;
  private static final int MOST_QUEUED = 4 * MOST_EVENTS;

  private final Properties settings = new Properties();

  private EngineSettings() {}

  static Properties of(FeedServer server, FeedSource source) {
    EngineSettings made = new EngineSettings();
    made.reads(server);
    made.through(source);
    made.tells(source);
    return made.settings;
  }

  private void reads(FeedServer server) {
    set("database.hostname", server.host());
    set("database.port", Integer.toString(server.port()));
    set("database.dbname", server.database());
    set("database.user", server.user());
    server.password().ifPresent(password -> set("database.password", password));
    server.settings().forEach((name, value) -> set("driver." + name, value));
  }

  private void through(FeedSource source) {
    set("name", source.slot());
    set("connector.class", "io.debezium.connector.postgresql.PostgresConnector");
    set("plugin.name", "pgoutput");
    set("slot.name", source.slot());
    set("slot.drop.on.stop", "false");
    // Another reader has it: whoever supervises the feed decides about that, and at once.
    set("slot.max.retries", "0");
    set("publication.name", source.publication());
    set("publication.autocreate.mode", "disabled");
    set("snapshot.mode", "no_data");
    // How far the slot is decides where one begins; a second record of it could only disagree.
    set("offset.storage", "org.apache.kafka.connect.storage.MemoryOffsetBackingStore");
    set("offset.flush.interval.ms", "0");
    set("errors.max.retries", "0");
  }

  private void tells(FeedSource source) {
    set("topic.prefix", "gatefold");
    set(
        "table.include.list",
        exactly(source.table().schema().value(), source.table().name().value()));
    set(
        "column.include.list",
        source.key().stream()
            .map(KeyColumn::name)
            .map(
                column ->
                    exactly(
                        source.table().schema().value(),
                        source.table().name().value(),
                        column.value()))
            .collect(Collectors.joining(",")));
    set("message.prefix.include.list", exactly(source.prefix()));
    set("tombstones.on.delete", "false");
    // What of them is told the publication says.
    set("skipped.operations", "none");
    set("decimal.handling.mode", "string");
    set("binary.handling.mode", "hex");
    set("time.precision.mode", "isostring");
    set("heartbeat.interval.ms", Long.toString(HEARTBEAT.toMillis()));
    set("poll.interval.ms", Long.toString(POLL.toMillis()));
    set("max.batch.size", Integer.toString(MOST_EVENTS));
    set("max.queue.size", Integer.toString(MOST_QUEUED));
  }

  private void set(String name, String value) {
    settings.setProperty(name, value);
  }

  /** These settings are lists of patterns, parted by commas. */
  private static String exactly(String... names) {
    return Arrays.stream(names).map(EngineSettings::literal).collect(Collectors.joining("\\."));
  }

  private static String literal(String name) {
    return name.codePoints()
        .mapToObj(
            letter ->
                Character.isLetterOrDigit(letter) || letter == '_'
                    ? Character.toString(letter)
                    : "\\x{%x}".formatted(letter))
        .collect(Collectors.joining());
  }
}
