package dev.gatefold.planner.draft;

import java.util.List;

/** Statements that nobody looks into beyond their being one each. */
public record SqlDraft(String label, List<String> texts) implements Draft<Boolean> {

  public SqlDraft {
    texts = List.copyOf(texts);
  }

  @Override
  public <R> R match(Cases<R> cases) {
    return cases.sql(this);
  }
}
