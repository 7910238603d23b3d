package dev.gatefold.planner.change;

import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import java.util.List;

/** Drops an index that no constraint stands on. */
public record DropIndex(TableName table, Identifier index) implements DirectOperation {

  @Override
  public List<TableName> tables() {
    return List.of(table);
  }

  @Override
  public <R> R match(DirectCases<R> cases) {
    return cases.dropIndex(this);
  }
}
