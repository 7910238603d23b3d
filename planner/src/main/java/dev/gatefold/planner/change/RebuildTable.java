package dev.gatefold.planner.change;

import dev.gatefold.planner.draft.Draft;
import dev.gatefold.planner.draft.ShapeDraft;
import dev.gatefold.planner.draft.StandingQuestion;
import dev.gatefold.planner.name.TableName;
import java.util.List;

/**
 * Gives a table another primary key, or lets its rows lie in partitions: all of them are copied.
 */
public record RebuildTable(ShapeDraft shape) implements DirectOperation {

  public TableName table() {
    return shape.table();
  }

  @Override
  public List<TableName> tables() {
    return List.of(table());
  }

  @Override
  public List<Draft<?>> drafts() {
    return List.of(standing(), shape);
  }

  /** What is asked about the table as it stands. */
  public StandingQuestion standing() {
    return new StandingQuestion(table());
  }

  @Override
  public <R> R match(DirectCases<R> cases) {
    return cases.rebuildTable(this);
  }
}
