package dev.gatefold.planner.change;

import dev.gatefold.planner.draft.AddedColumn;
import dev.gatefold.planner.draft.ConstraintBody;
import dev.gatefold.planner.draft.ConstraintDraft;
import dev.gatefold.planner.draft.Draft;
import dev.gatefold.planner.draft.Generation;
import dev.gatefold.planner.draft.NewColumnDraft;
import dev.gatefold.planner.name.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Adds a column.
 *
 * @param identity how the server numbers the rows in it
 * @param constraints what is asked of its values, in the order in which it is built
 */
public record AddColumn(
    NewColumnDraft column,
    boolean nullable,
    Optional<Identity> identity,
    Optional<String> comment,
    List<ConstraintDraft> constraints)
    implements DirectOperation {

  public AddColumn {
    constraints = List.copyOf(constraints);
  }

  /** Whether an application may write a number of its own. */
  public enum Identity {
    ALWAYS,
    BY_DEFAULT
  }

  /** What the server generates it from, where it does. */
  public Optional<Generation> generation(AddedColumn added) {
    return added
        .generated()
        .flatMap(
            expression ->
                column.generated().map(wanted -> new Generation(expression, wanted.stored())));
  }

  @Override
  public List<TableName> tables() {
    return Stream.concat(
            Stream.of(column.table()),
            constraints.stream()
                .map(ConstraintDraft::body)
                .filter(ConstraintBody.ForeignKey.class::isInstance)
                .map(body -> ((ConstraintBody.ForeignKey) body).referenced()))
        .distinct()
        .toList();
  }

  @Override
  public List<Draft<?>> drafts() {
    List<Draft<?>> drafts = new ArrayList<>();
    drafts.add(column);
    drafts.addAll(constraints);
    return drafts;
  }

  @Override
  public <R> R match(DirectCases<R> cases) {
    return cases.addColumn(this);
  }
}
