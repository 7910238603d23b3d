package dev.gatefold.planner.change;

import dev.gatefold.planner.draft.Draft;
import dev.gatefold.planner.draft.KnownEnum;
import dev.gatefold.planner.name.TableName;
import java.util.List;

/** Gives a value of an enum another name, in all rows at once. */
public record RenameEnumValue(TableName type, String from, String to) implements DirectOperation {

  @Override
  public List<TableName> tables() {
    return List.of();
  }

  @Override
  public List<Draft<?>> drafts() {
    return List.of(new KnownEnum(type));
  }

  @Override
  public <R> R match(DirectCases<R> cases) {
    return cases.renameEnumValue(this);
  }
}
