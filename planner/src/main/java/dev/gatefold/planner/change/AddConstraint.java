package dev.gatefold.planner.change;

import dev.gatefold.planner.draft.ConstraintBody;
import dev.gatefold.planner.draft.ConstraintDraft;
import dev.gatefold.planner.draft.Draft;
import dev.gatefold.planner.name.TableName;
import java.util.List;
import java.util.stream.Stream;

/** Lets a table refuse rows that it has taken until now. */
public record AddConstraint(ConstraintDraft constraint) implements DirectOperation {

  @Override
  public List<TableName> tables() {
    return constraint.body() instanceof ConstraintBody.ForeignKey key
        ? Stream.of(constraint.table(), key.referenced()).distinct().toList()
        : List.of(constraint.table());
  }

  @Override
  public List<Draft<?>> drafts() {
    return List.of(constraint);
  }

  @Override
  public <R> R match(DirectCases<R> cases) {
    return cases.addConstraint(this);
  }
}
