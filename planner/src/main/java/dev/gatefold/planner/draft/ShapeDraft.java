package dev.gatefold.planner.draft;

import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Another shape of a table that there is, with the same columns.
 *
 * @param primaryKey its columns; empty for that of now
 * @param partitionBy what follows PARTITION BY; empty for none
 */
public record ShapeDraft(
    TableName table,
    List<Identifier> primaryKey,
    Optional<String> partitionBy,
    List<Partition> partitions)
    implements Draft<Shape> {

  public ShapeDraft {
    primaryKey = List.copyOf(primaryKey);
    partitions = List.copyOf(partitions);
  }

  /**
   * A partition as its author wrote it.
   *
   * @param values {@code default}, or what follows FOR VALUES
   */
  public record Partition(TableName name, String values) {}

  @Override
  public String label() {
    return table.toString();
  }

  @Override
  public List<String> texts() {
    return Stream.concat(partitionBy.stream(), partitions.stream().map(Partition::values)).toList();
  }

  @Override
  public <R> R match(Cases<R> cases) {
    return cases.shape(this);
  }
}
