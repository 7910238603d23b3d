package dev.gatefold.planner.draft;

import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import java.util.Optional;
import java.util.Set;

/**
 * What the server made of a column that was added to an empty copy of its table.
 *
 * @param type as DDL writes it, with its collation
 * @param constrained whether it is a domain that refuses values, or has a default
 * @param defaultValue the default as the server prints it
 * @param generated what it is generated from, as the server prints it
 * @param rewrites whether the server writes the whole table anew to add it
 * @param filled whether rows that are there read as if they had the default
 * @param up the value of rows that nobody gives one, assigned to the column's type
 * @param reads the columns that {@code up} or the generated value reads
 * @param tableIsEmpty whether the table has no row now
 * @param sequence a free name for the sequence of a serial column
 */
public record AddedColumn(
    String type,
    boolean constrained,
    Optional<String> defaultValue,
    Optional<String> generated,
    boolean rewrites,
    boolean filled,
    Optional<RowSql> up,
    Set<Identifier> reads,
    boolean tableIsEmpty,
    Optional<TableName> sequence) {

  public AddedColumn {
    reads = Set.copyOf(reads);
  }
}
