package dev.gatefold.planner.change;

import dev.gatefold.planner.draft.Draft;
import dev.gatefold.planner.draft.KeyReach;
import dev.gatefold.planner.draft.ReachedColumn;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.schema.Drafts;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Makes an integer column wider, together with every column of every table that refers to it, by
 * whatever chain of foreign keys, and with the sequences that fill them.
 *
 * @param type the wider type
 */
public record WidenKey(TableName table, Identifier column, String type) implements DirectOperation {

  /** What it asks the server for. */
  public KeyReach reach() {
    return new KeyReach(table, column, type);
  }

  @Override
  public List<TableName> tables() {
    return List.of(table);
  }

  @Override
  public List<Draft<?>> drafts() {
    return List.of(reach());
  }

  @Override
  public List<AlterColumn> replaced(Drafts answers) {
    // The column itself in any case: whatever is wrong with it is said there.
    return Stream.concat(
            Stream.of(wider(table, column)),
            answers
                .of(reach())
                .match(reached -> reached, rejected -> List.<ReachedColumn>of())
                .stream()
                .filter(
                    reached -> !(reached.table().equals(table) && reached.column().equals(column)))
                .map(reached -> wider(reached.table(), reached.column())))
        .toList();
  }

  private AlterColumn wider(TableName owner, Identifier name) {
    return new AlterColumn(
        owner,
        name,
        new ColumnChange(
            Optional.empty(),
            Optional.of(type),
            Optional.empty(),
            Optional.empty(),
            ColumnTraits.NONE),
        Mapping.PLAIN);
  }

  @Override
  public <R> R match(DirectCases<R> cases) {
    return cases.widenKey(this);
  }
}
