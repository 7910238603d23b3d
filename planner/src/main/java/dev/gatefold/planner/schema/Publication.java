package dev.gatefold.planner.schema;

import dev.gatefold.planner.name.Identifier;
import java.util.List;
import java.util.Set;

/**
 * How a publication names columns of one table.
 *
 * @param owned whether the connected role owns the publication, directly or through a role
 * @param list the columns that it sends, by number; empty where it sends all
 * @param filtered whether it sends only rows that meet a condition
 * @param columns every column that list or condition name
 */
public record Publication(
    Identifier name, boolean owned, List<Integer> list, boolean filtered, Set<Integer> columns) {

  public Publication {
    list = List.copyOf(list);
    columns = Set.copyOf(columns);
  }
}
