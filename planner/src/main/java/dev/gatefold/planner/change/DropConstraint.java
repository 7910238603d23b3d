package dev.gatefold.planner.change;

import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import java.util.List;

/** Lets a table take rows that it has refused until now. */
public record DropConstraint(TableName table, Identifier constraint) implements DirectOperation {

  @Override
  public List<TableName> tables() {
    return List.of(table);
  }

  @Override
  public <R> R match(DirectCases<R> cases) {
    return cases.dropConstraint(this);
  }
}
