package dev.gatefold.planner.draft;

import dev.gatefold.planner.name.TableName;
import java.util.List;

/**
 * An enum to make. It is made under its own name, in the transaction that is rolled back, so that
 * columns of it can be tried.
 */
public record NewEnum(TableName table, List<String> values) implements Draft<EnumType> {

  public NewEnum {
    values = List.copyOf(values);
  }

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
    return cases.newEnum(this);
  }
}
