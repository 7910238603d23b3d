package dev.gatefold.planner.change;

import dev.gatefold.planner.draft.Draft;
import dev.gatefold.planner.draft.StandingQuestion;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import java.util.List;

/** Takes a policy away. */
public record DropPolicy(TableName table, Identifier policy) implements DirectOperation {

  @Override
  public List<TableName> tables() {
    return List.of(table);
  }

  @Override
  public List<Draft<?>> drafts() {
    return List.of(new StandingQuestion(table));
  }

  @Override
  public <R> R match(DirectCases<R> cases) {
    return cases.dropPolicy(this);
  }
}
