package dev.gatefold.executor.cli;

import dev.gatefold.backfill.feed.Brokers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Reads {@code kafka} of a target. */
final class KafkaSettings {

  private static final List<String> KEYS =
      List.of("bootstrap_servers", "replication", "properties");

  private final String path;
  private final Map<?, ?> entry;
  private final UnaryOperator<String> filled;

  private KafkaSettings(String path, Map<?, ?> entry, UnaryOperator<String> filled) {
    this.path = path;
    this.entry = entry;
    this.filled = filled;
  }

  /** {@code filled} puts in what variables stand for. */
  static Brokers read(String path, Object value, UnaryOperator<String> filled) {
    return new KafkaSettings(path, Targets.map(path, value), filled).brokers();
  }

  private Brokers brokers() {
    entry
        .keySet()
        .forEach(
            key -> {
              if (!KEYS.contains(String.valueOf(key))) {
                throw Targets.wrong(
                    "unknown key \"%s\" in %s; known here: %s"
                        .formatted(key, path, String.join(", ", KEYS)));
              }
            });
    Map<String, String> properties = new HashMap<>();
    given("properties")
        .ifPresent(
            it ->
                Targets.map(path + ".properties", it)
                    .forEach(
                        (name, value) ->
                            properties.put(
                                String.valueOf(name), filled.apply(String.valueOf(value)))));
    properties.put("bootstrap.servers", filled.apply(servers()));
    return new Brokers(properties, replication());
  }

  private String servers() {
    Object value = given("bootstrap_servers").orElse("");
    if (!(value instanceof String text) || text.isBlank()) {
      throw Targets.wrong(path + ".bootstrap_servers is missing, or is no text such as host:9092");
    }
    return text;
  }

  private OptionalInt replication() {
    Optional<Object> value = given("replication");
    if (value.isEmpty()) {
      return OptionalInt.empty();
    }
    if (value.get() instanceof Integer number && number > 0 && number <= Short.MAX_VALUE) {
      return OptionalInt.of(number);
    }
    throw Targets.wrong(path + ".replication expects a number of brokers");
  }

  private Optional<Object> given(String key) {
    @Nullable Object value = entry.get(key);
    return Optional.ofNullable(value);
  }
}
