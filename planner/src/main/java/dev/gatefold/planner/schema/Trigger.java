package dev.gatefold.planner.schema;

import dev.gatefold.planner.name.Identifier;
import java.util.Set;

/**
 * A trigger that a user made.
 *
 * @param beforeRow whether it may still change the row
 * @param onUpdate whether an UPDATE fires it
 * @param updateOf the columns of its {@code UPDATE OF}; empty where it has none
 * @param source the text of its function, or empty where it is not text
 */
public record Trigger(
    Identifier name, boolean beforeRow, boolean onUpdate, Set<Integer> updateOf, String source) {

  public Trigger {
    updateOf = Set.copyOf(updateOf);
  }
}
