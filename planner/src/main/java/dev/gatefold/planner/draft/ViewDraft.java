package dev.gatefold.planner.draft;

import dev.gatefold.planner.name.TableName;
import java.util.List;

/**
 * A view as its author wrote it.
 *
 * @param replaces whether there is one of that name, whose place it takes
 */
public record ViewDraft(TableName view, String query, boolean replaces)
    implements Draft<PrintedView> {

  @Override
  public String label() {
    return view.toString();
  }

  @Override
  public List<String> texts() {
    return List.of(query);
  }

  @Override
  public <R> R match(Cases<R> cases) {
    return cases.view(this);
  }
}
