package dev.gatefold.planner.schema;

import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import java.util.Optional;
import java.util.Set;

/**
 * One constraint of a table, or of another table that refers to it.
 *
 * @param columns the columns of the changed table that it reads
 * @param validated false where it was added NOT VALID and never validated
 * @param referenced the table that a foreign key points to
 * @param deferral {@code DEFERRABLE INITIALLY DEFERRED} and the like; empty for the default
 * @param definition as the catalog prints it, qualified with schemas
 */
public record Constraint(
    Identifier name,
    Kind kind,
    Set<Integer> columns,
    boolean validated,
    Optional<TableName> referenced,
    String deferral,
    String definition,
    Optional<String> comment) {

  public Constraint {
    columns = Set.copyOf(columns);
  }

  /** What sort of constraint it is. */
  public enum Kind {
    CHECK,
    UNIQUE,
    PRIMARY_KEY,
    FOREIGN_KEY,
    /** A foreign key of some table that points to this one. */
    INCOMING_FOREIGN_KEY,
    EXCLUSION,
    NOT_NULL,
    OTHER
  }
}
