package dev.gatefold.planner.draft;

import dev.gatefold.planner.name.TableName;
import java.util.List;

/**
 * An enum with all values of another but one.
 *
 * @param table the other one
 */
public record SmallerEnum(TableName table, TableName name, String without)
    implements Draft<EnumType> {

  @Override
  public String label() {
    return table.toString();
  }

  @Override
  public List<String> texts() {
    return List.of();
  }

  @Override
  public boolean beforeTables() {
    return true;
  }

  @Override
  public <R> R match(Cases<R> cases) {
    return cases.smallerEnum(this);
  }
}
