package dev.gatefold.planner.change;

import dev.gatefold.planner.draft.Draft;
import dev.gatefold.planner.draft.StandingQuestion;
import dev.gatefold.planner.name.TableName;
import java.util.List;

/** Takes a table away with its rows. */
public record DropTable(TableName table) implements DirectOperation {

  @Override
  public List<TableName> tables() {
    return List.of(table);
  }

  @Override
  public List<Draft<?>> drafts() {
    return List.of(standing());
  }

  /** What is asked about the table as it stands. */
  public StandingQuestion standing() {
    return new StandingQuestion(table);
  }

  @Override
  public <R> R match(DirectCases<R> cases) {
    return cases.dropTable(this);
  }
}
