package dev.gatefold.planner.replacement;

import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.schema.IncomingForeignKey;
import dev.gatefold.planner.schema.SqlTemplate;
import java.util.List;

/**
 * A foreign key that points to an old column, and the same pointing to the new one.
 *
 * @param building the new one's name until the swap
 * @param hidden the old one's name while it is made again
 */
record CarriedReference(
    IncomingForeignKey key, SqlTemplate definition, Identifier building, Identifier hidden) {

  /** The tables that a change of it locks, the referenced one first: parents before children. */
  List<TableName> tables(TableName own) {
    return key.child().equals(own) ? List.of(own) : List.of(own, key.child());
  }
}
