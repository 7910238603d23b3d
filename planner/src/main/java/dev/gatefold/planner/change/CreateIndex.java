package dev.gatefold.planner.change;

import dev.gatefold.planner.draft.Draft;
import dev.gatefold.planner.draft.IndexDraft;
import dev.gatefold.planner.name.TableName;
import java.util.List;

/** Builds an index that no constraint stands on. */
public record CreateIndex(IndexDraft index) implements DirectOperation {

  @Override
  public List<TableName> tables() {
    return List.of(index.table());
  }

  @Override
  public List<Draft<?>> drafts() {
    return List.of(index);
  }

  @Override
  public <R> R match(DirectCases<R> cases) {
    return cases.createIndex(this);
  }
}
