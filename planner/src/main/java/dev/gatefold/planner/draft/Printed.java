package dev.gatefold.planner.draft;

import dev.gatefold.planner.name.Identifier;
import java.util.Set;

/**
 * A definition as the server prints it, with every name qualified: it means the same under any
 * search path.
 *
 * @param definition of a constraint the whole, of an index what follows {@code ON table}
 * @param columns every column of the table that it reads
 */
public record Printed(String definition, Set<Identifier> columns) {

  public Printed {
    columns = Set.copyOf(columns);
  }
}
