package dev.gatefold.planner.change;

import dev.gatefold.planner.draft.Draft;
import dev.gatefold.planner.draft.StandingQuestion;
import dev.gatefold.planner.name.TableName;
import java.util.List;

/** Takes a view away. */
public record DropView(TableName view) implements DirectOperation {

  /** What is asked about the view as it stands. */
  public StandingQuestion standing() {
    return new StandingQuestion(view);
  }

  @Override
  public List<TableName> tables() {
    return List.of(view);
  }

  @Override
  public List<Draft<?>> drafts() {
    return List.of(standing());
  }

  @Override
  public <R> R match(DirectCases<R> cases) {
    return cases.dropView(this);
  }
}
