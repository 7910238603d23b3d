package dev.gatefold.backfill.feed.kafka;

import dev.gatefold.planner.schema.UniqueKey.KeyColumn;
import java.util.List;

/**
 * What is read of a topic.
 *
 * @param topic its name
 * @param lanes how many partitions it has
 * @param key of the table, in key order
 */
public record TopicSource(String topic, int lanes, List<KeyColumn> key) {

  public TopicSource {
    key = List.copyOf(key);
  }
}
