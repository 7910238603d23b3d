package dev.gatefold.planner.draft;

import dev.gatefold.planner.name.TableName;
import java.util.List;

/** Asks for an enum, be it there or made by an operation before. */
public record KnownEnum(TableName table) implements Draft<EnumType> {

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
    return cases.knownEnum(this);
  }
}
