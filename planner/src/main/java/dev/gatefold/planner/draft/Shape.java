package dev.gatefold.planner.draft;

import dev.gatefold.planner.name.TableName;
import java.util.List;
import java.util.Optional;

/**
 * A shape that the server accepts, as it prints it.
 *
 * @param partitionKey what follows PARTITION BY
 * @param options storage parameters of whatever holds rows, in SQL; empty for none
 */
public record Shape(
    Optional<String> partitionKey, List<Partition> partitions, Optional<String> options) {

  public Shape {
    partitions = List.copyOf(partitions);
  }

  /**
   * A partition.
   *
   * @param bound {@code DEFAULT} or {@code FOR VALUES ...}
   */
  public record Partition(TableName name, String bound) {}
}
