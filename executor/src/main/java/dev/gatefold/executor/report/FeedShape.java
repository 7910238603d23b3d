package dev.gatefold.executor.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gatefold.executor.store.FeedLook;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How far a change feed is.
 *
 * @param there whether its slot is, with the log that it was to keep
 * @param read whether somebody reads it
 * @param behindSeconds null where nobody has read it yet
 * @param behindBytes of log that the server keeps for it
 * @param topic left out unless it goes through Kafka
 * @param unattendedPartitions of the topic, those that nobody applies
 */
public record FeedShape(
    String table,
    String slot,
    boolean there,
    boolean read,
    @JsonProperty("behind_seconds") @Nullable Double behindSeconds,
    @JsonProperty("behind_bytes") long behindBytes,
    @JsonProperty("rows_without_value") long rowsWithoutValue,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String topic,
    @JsonInclude(JsonInclude.Include.NON_NULL) @JsonProperty("unattended_partitions")
        @Nullable Integer unattendedPartitions,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String trouble) {

  static FeedShape of(FeedLook look) {
    return new FeedShape(
        look.name(),
        look.slot(),
        look.there(),
        look.read(),
        look.behind().map(FeedShape::seconds).orElse(null),
        look.bytes(),
        look.pending(),
        look.lanes().flatMap(FeedLook.Lanes::topic).orElse(null),
        look.lanes().map(FeedLook.Lanes::unattended).orElse(null),
        look.trouble().or(() -> look.lanes().flatMap(FeedLook.Lanes::trouble)).orElse(null));
  }

  private static double seconds(Duration time) {
    return time.toMillis() / 1000.0;
  }
}
