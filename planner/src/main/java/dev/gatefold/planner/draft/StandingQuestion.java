package dev.gatefold.planner.draft;

import dev.gatefold.planner.name.TableName;
import java.util.List;

/** Asks how a table or view stands before anything is made. */
public record StandingQuestion(TableName table) implements Draft<Standing> {

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
    return cases.standing(this);
  }
}
