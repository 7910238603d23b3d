package dev.gatefold.planner.change;

import dev.gatefold.planner.draft.Draft;
import dev.gatefold.planner.draft.FreeName;
import dev.gatefold.planner.draft.StandingQuestion;
import dev.gatefold.planner.name.TableName;
import java.util.List;

/** Gives a table another name, schema or both. */
public record RenameTable(TableName table, TableName to) implements DirectOperation {

  @Override
  public List<TableName> tables() {
    return List.of(table, to);
  }

  @Override
  public List<Draft<?>> drafts() {
    return List.of(standing(), freeName());
  }

  /** What is asked about the table as it stands. */
  public StandingQuestion standing() {
    return new StandingQuestion(table);
  }

  /** What is asked about the new name. */
  public FreeName freeName() {
    return new FreeName(to);
  }

  @Override
  public <R> R match(DirectCases<R> cases) {
    return cases.renameTable(this);
  }
}
