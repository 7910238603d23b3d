package dev.gatefold.planner.change;

import dev.gatefold.planner.draft.ConstraintBody.Deferral;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import java.util.List;
import java.util.Optional;

/**
 * Changes what a foreign key does, under the name that it has; whatever is empty stays as it is.
 *
 * @param onDelete in the words of SQL, such as {@code SET NULL}
 */
public record AlterForeignKey(
    TableName table,
    Identifier constraint,
    Optional<String> onDelete,
    Optional<String> onUpdate,
    Optional<Deferral> deferral)
    implements DirectOperation {

  @Override
  public List<TableName> tables() {
    return List.of(table);
  }

  @Override
  public <R> R match(DirectCases<R> cases) {
    return cases.alterForeignKey(this);
  }
}
