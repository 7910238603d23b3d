package dev.gatefold.backfill.feed.kafka;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatefold.backfill.feed.FeedEvent;
import dev.gatefold.backfill.feed.FeedPosition;
import dev.gatefold.backfill.feed.KeyText;
import dev.gatefold.planner.schema.UniqueKey.KeyColumn;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;

/** Reads Debezium's envelopes from JSON. Immutable and thread-safe. */
final class EnvelopeReader {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<KeyColumn> key;

  EnvelopeReader(List<KeyColumn> key) {
    this.key = key;
  }

  /** The place of an event is that of its record in the log; what was before it is not told. */
  FeedEvent event(String value) throws IOException {
    try {
      return event(JSON.readTree(value));
    } catch (JsonProcessingException | RuntimeException e) {
      throw new IOException("an event in the topic cannot be read: " + value, e);
    }
  }

  private FeedEvent event(JsonNode value) {
    JsonNode source = value.required("source");
    long at = source.required("lsn").longValue();
    FeedPosition position = new FeedPosition(at, at);
    OptionalLong transaction = transaction(source);
    return switch (value.required("op").textValue()) {
      case "m" -> new FeedEvent.Said(position, transaction, words(value.required("message")));
      case "t" -> new FeedEvent.Emptied(position, transaction.orElseThrow());
      case "d" ->
          new FeedEvent.Gone(position, transaction.orElseThrow(), key(value.required("before")));
      default ->
          new FeedEvent.Written(position, transaction.orElseThrow(), key(value.required("after")));
    };
  }

  private static OptionalLong transaction(JsonNode source) {
    return source.hasNonNull("txId")
        ? OptionalLong.of(source.get("txId").longValue())
        : OptionalLong.empty();
  }

  private static String words(JsonNode message) {
    byte[] bytes = HexFormat.of().parseHex(message.required("content").textValue());
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private List<String> key(JsonNode row) {
    return key.stream()
        .map(column -> KeyText.of(row.required(column.name().value()).asText(), column.type()))
        .toList();
  }
}
