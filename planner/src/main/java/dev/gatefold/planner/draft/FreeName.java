package dev.gatefold.planner.draft;

import dev.gatefold.planner.name.TableName;
import java.util.List;

/** Asks whether a table or view of that name could be made. */
public record FreeName(TableName table) implements Draft<Boolean> {

  @Override
  public String label() {
    return table.toString();
  }

  @Override
  public List<String> texts() {
    return List.of();
  }

  @Override
  public <R> R match(Cases<R> cases) {
    return cases.freeName(this);
  }
}
