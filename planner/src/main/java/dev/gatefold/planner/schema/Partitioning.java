package dev.gatefold.planner.schema;

import dev.gatefold.planner.name.TableName;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A table's place in a tree of partitions or of inheritance.
 *
 * @param above the table at the top of the tree, where this one is below it
 * @param key the columns of the table's own partition key, also those within expressions
 * @param partitions all that are below a partitioned table, on every level, parents first; of
 *     indexes, constraints and triggers each holds only what it does not have from above
 */
public record Partitioning(Optional<TableName> above, Set<Integer> key, List<Table> partitions) {

  /** An ordinary table's. */
  public static final Partitioning NONE = new Partitioning(Optional.empty(), Set.of(), List.of());

  public Partitioning {
    key = Set.copyOf(key);
    partitions = List.copyOf(partitions);
  }
}
