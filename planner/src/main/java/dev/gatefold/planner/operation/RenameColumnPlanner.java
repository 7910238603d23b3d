package dev.gatefold.planner.operation;

import dev.gatefold.planner.change.ColumnTraits;
import dev.gatefold.planner.change.Operation.AlterColumn;
import dev.gatefold.planner.change.Operation.ColumnChange;
import dev.gatefold.planner.change.Operation.Mapping;
import dev.gatefold.planner.change.Operation.RenameColumn;
import java.util.Optional;

/**
 * {@code rename_column}: a new column of the same type under the new name.
 *
 * <p>PostgreSQL would rename in an instant, but then one of two application versions fails from one
 * instant to the next. So it is an {@code alter_column} with a new name and nothing else.
 */
public final class RenameColumnPlanner {

  private RenameColumnPlanner() {}

  /** The same in the words of the larger operation. */
  public static AlterColumn asAlterColumn(RenameColumn operation) {
    return new AlterColumn(
        operation.table(),
        operation.column(),
        new ColumnChange(
            Optional.of(operation.to()),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            ColumnTraits.NONE),
        Mapping.PLAIN);
  }
}
