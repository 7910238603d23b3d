package dev.gatefold.planner.draft;

import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import java.util.List;

/** A constraint as its author wrote it. */
public record ConstraintDraft(TableName table, Identifier name, ConstraintBody body)
    implements Draft<Printed> {

  @Override
  public String label() {
    return table + "." + name;
  }

  @Override
  public List<String> texts() {
    return body.texts();
  }

  @Override
  public <R> R match(Cases<R> cases) {
    return cases.constraint(this);
  }
}
