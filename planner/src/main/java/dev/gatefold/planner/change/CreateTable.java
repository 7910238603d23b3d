package dev.gatefold.planner.change;

import dev.gatefold.planner.draft.ConstraintBody;
import dev.gatefold.planner.draft.ConstraintDraft;
import dev.gatefold.planner.draft.Draft;
import dev.gatefold.planner.draft.IndexDraft;
import dev.gatefold.planner.draft.TableDraft;
import dev.gatefold.planner.name.TableName;
import java.util.List;
import java.util.stream.Stream;

/** Makes a table with all that belongs to it. */
public record CreateTable(
    TableDraft table, List<ConstraintDraft> constraints, List<IndexDraft> indexes)
    implements DirectOperation {

  public CreateTable {
    constraints = List.copyOf(constraints);
    indexes = List.copyOf(indexes);
  }

  @Override
  public List<TableName> tables() {
    return Stream.concat(
            Stream.of(table.table()),
            constraints.stream()
                .map(ConstraintDraft::body)
                .filter(ConstraintBody.ForeignKey.class::isInstance)
                .map(body -> ((ConstraintBody.ForeignKey) body).referenced()))
        .distinct()
        .toList();
  }

  @Override
  public List<Draft<?>> drafts() {
    return Stream.<List<? extends Draft<?>>>of(List.of(table), constraints, indexes)
        .<Draft<?>>flatMap(List::stream)
        .toList();
  }

  @Override
  public <R> R match(DirectCases<R> cases) {
    return cases.createTable(this);
  }
}
