package dev.gatefold.planner.change;

import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Moves columns to another table, which has one row at most for each row of the first.
 *
 * @param to the table that they move to
 * @param where how rows of the two tables belong together
 */
public record MoveColumns(TableName table, TableName to, List<Moved> columns, List<Pair> where)
    implements DirectOperation {

  public MoveColumns {
    columns = List.copyOf(columns);
    where = List.copyOf(where);
  }

  /**
   * A column.
   *
   * @param as its name in the other table
   */
  public record Moved(Identifier column, Identifier as) {}

  /**
   * Columns that are the same in rows that belong together.
   *
   * @param source of the table that the columns leave
   * @param target of the one that they move to
   */
  public record Pair(Identifier source, Identifier target) {}

  /** The one that is referred to first: so they are locked. */
  @Override
  public List<TableName> tables() {
    return List.of(table, to);
  }

  @Override
  public Set<Identifier> columns(TableName of) {
    return of.equals(table)
        ? columns.stream().map(Moved::column).collect(Collectors.toSet())
        : Set.of();
  }

  @Override
  public <R> R match(DirectCases<R> cases) {
    return cases.moveColumns(this);
  }
}
