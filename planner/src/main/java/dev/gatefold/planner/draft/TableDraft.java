package dev.gatefold.planner.draft;

import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A table as its author wrote it, without the constraints and indexes that have names.
 *
 * @param primaryKey its columns; empty for none, or for one among the constraints
 * @param partitionBy what follows PARTITION BY
 */
public record TableDraft(
    TableName table,
    List<ColumnDraft> columns,
    List<Identifier> primaryKey,
    Optional<String> partitionBy,
    boolean unlogged,
    Optional<String> comment)
    implements Draft<MadeTable> {

  public TableDraft {
    columns = List.copyOf(columns);
    primaryKey = List.copyOf(primaryKey);
  }

  @Override
  public String label() {
    return table.toString();
  }

  @Override
  public List<String> texts() {
    return Stream.concat(columns.stream().flatMap(ColumnDraft::texts), partitionBy.stream())
        .toList();
  }

  @Override
  public <R> R match(Cases<R> cases) {
    return cases.table(this);
  }
}
