package dev.gatefold.planner.change;

import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import java.util.List;

/** Gives a constraint another name, and with it the index that it has. */
public record RenameConstraint(TableName table, Identifier constraint, Identifier to)
    implements DirectOperation {

  @Override
  public List<TableName> tables() {
    return List.of(table);
  }

  @Override
  public <R> R match(DirectCases<R> cases) {
    return cases.renameConstraint(this);
  }
}
