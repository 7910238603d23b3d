package dev.gatefold.backfill.feed.debezium;

import dev.gatefold.backfill.feed.Envelope;
import dev.gatefold.backfill.feed.FeedEvent;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/** Writes what Debezium tells as its own JSON, without schemas. Thread-safe. */
final class EnvelopeWriter {

  private final JsonConverter keys = converter(true);
  private final JsonConverter values = converter(false);

  private static JsonConverter converter(boolean ofKeys) {
    JsonConverter converter = new JsonConverter();
    converter.configure(Map.of("schemas.enable", "false"), ofKeys);
    return converter;
  }

  Envelope envelope(SourceRecord record, FeedEvent event) {
    return new Envelope(
        event,
        text(keys, record.topic(), record.keySchema(), record.key()),
        text(values, record.topic(), record.valueSchema(), record.value()));
  }

  private static String text(
      JsonConverter converter, String topic, @Nullable Schema schema, @Nullable Object value) {
    byte[] bytes = converter.fromConnectData(topic, schema, value);
    return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
  }
}
