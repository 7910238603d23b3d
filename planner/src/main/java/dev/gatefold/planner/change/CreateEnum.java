package dev.gatefold.planner.change;

import dev.gatefold.planner.draft.Draft;
import dev.gatefold.planner.draft.NewEnum;
import dev.gatefold.planner.name.TableName;
import java.util.List;

/** Makes an enum, which later operations of the same change may use. */
public record CreateEnum(TableName type, List<String> values) implements DirectOperation {

  public CreateEnum {
    values = List.copyOf(values);
  }

  @Override
  public List<TableName> tables() {
    return List.of();
  }

  @Override
  public List<Draft<?>> drafts() {
    return List.of(new NewEnum(type, values));
  }

  @Override
  public <R> R match(DirectCases<R> cases) {
    return cases.createEnum(this);
  }
}
