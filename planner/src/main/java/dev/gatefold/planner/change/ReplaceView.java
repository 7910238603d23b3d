package dev.gatefold.planner.change;

import dev.gatefold.planner.draft.Draft;
import dev.gatefold.planner.draft.ViewDraft;
import dev.gatefold.planner.name.TableName;
import java.util.List;

/** Gives a view another query with the same columns. */
public record ReplaceView(ViewDraft view) implements DirectOperation {

  @Override
  public List<TableName> tables() {
    return List.of(view.view());
  }

  @Override
  public List<Draft<?>> drafts() {
    return List.of(view);
  }

  @Override
  public <R> R match(DirectCases<R> cases) {
    return cases.replaceView(this);
  }
}
