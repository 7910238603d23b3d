package dev.gatefold.backfill.feed;

import java.util.Map;
import java.util.OptionalInt;

/**
 * Kafka, as its clients are told of it.
 *
 * @param properties of a client: {@code bootstrap.servers} at least
 * @param replication on how many brokers each partition of a topic of ours is kept; without it, the
 *     broker's own default
 */
public record Brokers(Map<String, String> properties, OptionalInt replication) {

  public Brokers {
    properties = Map.copyOf(properties);
  }

  /** The servers alone: there may be a password among the properties. */
  @Override
  public String toString() {
    return properties.getOrDefault("bootstrap.servers", "");
  }
}
