package dev.gatefold.planner.change;

import java.util.List;

/** What a team asks for: a name and one or more operations. */
public record Change(ChangeName name, List<Operation> operations, BackfillSettings backfill) {

  public Change {
    operations = List.copyOf(operations);
    if (operations.isEmpty()) {
      throw new IllegalArgumentException("a change needs at least one operation");
    }
  }
}
