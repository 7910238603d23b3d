package dev.gatefold.planner.change;

import dev.gatefold.planner.draft.Draft;
import dev.gatefold.planner.draft.ViewDraft;
import dev.gatefold.planner.name.TableName;
import java.util.List;
import java.util.Optional;

/** Makes a view. */
public record CreateView(ViewDraft view, boolean securityInvoker, Optional<String> comment)
    implements DirectOperation {

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
    return cases.createView(this);
  }
}
