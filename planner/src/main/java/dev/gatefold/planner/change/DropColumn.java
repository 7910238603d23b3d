package dev.gatefold.planner.change;

import dev.gatefold.planner.draft.Draft;
import dev.gatefold.planner.draft.ValueDraft;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Takes a column away for good.
 *
 * @param down SQL over the row: what old applications find in rows that new ones insert
 */
public record DropColumn(TableName table, Identifier column, Optional<ValueDraft> down)
    implements DirectOperation {

  @Override
  public List<TableName> tables() {
    return List.of(table);
  }

  @Override
  public Set<Identifier> columns(TableName of) {
    return of.equals(table) ? Set.of(column) : Set.of();
  }

  @Override
  public List<Draft<?>> drafts() {
    return List.copyOf(down.stream().toList());
  }

  @Override
  public <R> R match(DirectCases<R> cases) {
    return cases.dropColumn(this);
  }
}
