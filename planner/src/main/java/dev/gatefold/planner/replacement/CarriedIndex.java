package dev.gatefold.planner.replacement;

import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.schema.Constraint;
import dev.gatefold.planner.schema.Index;
import dev.gatefold.planner.schema.SqlTemplate;
import java.util.Optional;

/**
 * An index over an old column and the same over the new one.
 *
 * @param constraint the unique constraint or primary key that stands on it
 * @param constraintDefinition that constraint's definition, for a partitioned table
 * @param building the new one's name until the swap
 * @param hidden the old one's name after the swap
 */
record CarriedIndex(
    Index index,
    Optional<Constraint> constraint,
    SqlTemplate definition,
    Optional<SqlTemplate> constraintDefinition,
    Identifier building,
    Identifier hidden) {

  /** Part of the ids of its steps; names of indexes are unique within their schema only. */
  String label(TableName table) {
    return table + "." + index.name();
  }

  boolean primary() {
    return index.primary();
  }

  boolean unique() {
    return index.unique();
  }
}
