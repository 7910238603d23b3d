package dev.gatefold.planner.change;

import java.util.List;

/**
 * What a team asks for: a name and one or more operations.
 *
 * @param gates what it asks of the gates, beyond what the target asks for
 * @param retire how old columns are put out of reach
 */
public record Change(
    ChangeName name,
    List<Operation> operations,
    BackfillSettings backfill,
    Gates gates,
    Retire retire) {

  public Change {
    operations = List.copyOf(operations);
    if (operations.isEmpty()) {
      throw new IllegalArgumentException("a change needs at least one operation");
    }
  }
}
