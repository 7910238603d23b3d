package dev.gatefold.planner.draft;

import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import java.util.Optional;

/**
 * A column that refers to another one, or that one itself.
 *
 * @param sequence a sequence that belongs to it and is too narrow itself
 */
public record ReachedColumn(
    TableName table, long oid, Identifier column, Optional<NarrowSequence> sequence) {

  /** A sequence and the type of its numbers, such as {@code integer}. */
  public record NarrowSequence(TableName name, String type) {}
}
