package dev.gatefold.executor.usage;

import dev.gatefold.planner.name.TableName;
import java.util.Collection;
import java.util.Set;

/**
 * What a text has to speak of to count as use of a column.
 *
 * @param tables the table and its partitions
 * @param views views that read the column, directly or by way of others
 * @param columns the names that the column has, or had
 */
record Search(Set<TableName> tables, Set<TableName> views, Set<String> columns) {

  Search {
    tables = Set.copyOf(tables);
    views = Set.copyOf(views);
    columns = Set.copyOf(columns);
  }

  static Search of(
      Collection<TableName> tables, Collection<TableName> views, Collection<String> columns) {
    return new Search(Set.copyOf(tables), Set.copyOf(views), Set.copyOf(columns));
  }
}
