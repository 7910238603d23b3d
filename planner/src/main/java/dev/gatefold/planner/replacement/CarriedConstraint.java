package dev.gatefold.planner.replacement;

import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.schema.Constraint;
import dev.gatefold.planner.schema.SqlTemplate;
import java.util.List;

/** A check or foreign key over an old column and the same over the new one. */
record CarriedConstraint(
    Constraint constraint, SqlTemplate definition, Identifier building, Identifier hidden) {

  boolean foreignKey() {
    return constraint.kind() == Constraint.Kind.FOREIGN_KEY;
  }

  /** The tables that a change of it locks, the referenced one first: parents before children. */
  List<TableName> tables(TableName own) {
    return constraint
        .referenced()
        .filter(parent -> !parent.equals(own))
        .map(parent -> List.of(parent, own))
        .orElse(List.of(own));
  }
}
