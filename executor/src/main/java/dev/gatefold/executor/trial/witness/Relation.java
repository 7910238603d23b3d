package dev.gatefold.executor.trial.witness;

import dev.gatefold.planner.name.TableName;
import java.util.Set;

/**
 * A relation that was there before a step began.
 *
 * @param kind the letter of {@code pg_class}
 * @param owners under whose name, quoted, a lock on it may be declared, itself included: of an
 *     index, a sequence and a TOAST table their table, of a partition all that it is a part of
 */
public record Relation(long oid, TableName name, String kind, Set<String> owners) {

  public Relation {
    owners = Set.copyOf(owners);
  }

  /** Whether it is there for its table only, and nobody uses it who does not use the table. */
  public boolean isIndex() {
    return kind.equals("i") || kind.equals("I");
  }

  /** Whether it is one row, whatever becomes of its table: to write it anew takes no time. */
  public boolean isSequence() {
    return kind.equals("S");
  }

  /** Whether LOCK TABLE takes it, under this name. */
  boolean isTable(TableName table) {
    return name.equals(table) && (kind.equals("r") || kind.equals("p"));
  }

  /** Whether a lock on one of these covers a lock on it. */
  public boolean isCoveredBy(TableName table) {
    return owners.contains(table.quoted());
  }

  @Override
  public String toString() {
    return switch (kind) {
      case "i", "I" -> "index " + name;
      case "S" -> "sequence " + name;
      case "v", "m" -> "view " + name;
      case "t" -> "TOAST table " + name;
      default -> name.toString();
    };
  }
}
