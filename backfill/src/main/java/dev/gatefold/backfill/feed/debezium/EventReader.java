package dev.gatefold.backfill.feed.debezium;

import dev.gatefold.backfill.feed.FeedEvent;
import dev.gatefold.backfill.feed.FeedPosition;
import dev.gatefold.backfill.feed.KeyText;
import dev.gatefold.planner.schema.UniqueKey.KeyColumn;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/** Reads what Debezium tells. Immutable and thread-safe. */
final class EventReader {

  private static final String HEARTBEAT = "__debezium-heartbeat";
  private static final String DELETED = "d";
  private static final String EMPTIED = "t";
  private static final String MESSAGE = "m";

  private final List<KeyColumn> key;
  private final long start;

  /** {@code start} is how far the slot was when the feed began: no commit was told before. */
  EventReader(List<KeyColumn> key, long start) {
    this.key = key;
    this.start = start;
  }

  FeedEvent event(SourceRecord record) {
    FeedPosition position = position(record.sourceOffset());
    if (record.topic().startsWith(HEARTBEAT)) {
      return new FeedEvent.Quiet(position);
    }
    Struct value = (Struct) record.value();
    OptionalLong transaction = transaction(value.getStruct("source"));
    return switch (value.getString("op")) {
      case MESSAGE -> new FeedEvent.Said(position, transaction, words(value.getStruct("message")));
      case EMPTIED -> new FeedEvent.Emptied(position, transaction.orElseThrow());
      case DELETED ->
          new FeedEvent.Gone(position, transaction.orElseThrow(), key(value.getStruct("before")));
      default ->
          new FeedEvent.Written(position, transaction.orElseThrow(), key(value.getStruct("after")));
    };
  }

  private FeedPosition position(Map<String, ?> offset) {
    return new FeedPosition(
        number(offset, "lsn_commit").orElse(start), number(offset, "lsn").orElse(start));
  }

  private static Optional<Long> number(Map<String, ?> offset, String name) {
    return Optional.ofNullable(offset.get(name)).map(it -> ((Number) it).longValue());
  }

  private static OptionalLong transaction(Struct source) {
    Long number = source.getInt64("txId");
    return number == null ? OptionalLong.empty() : OptionalLong.of(number);
  }

  /** Bytes come in hexadecimal digits. */
  private static String words(Struct message) {
    byte[] bytes = HexFormat.of().parseHex(message.getString("content"));
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private List<String> key(Struct row) {
    return key.stream()
        .map(column -> KeyText.of(row.get(column.name().value()), column.type()))
        .toList();
  }
}
