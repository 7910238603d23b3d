package dev.gatefold.planner.schema;

import dev.gatefold.planner.name.Identifier;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A unique index over columns that are never NULL, in which every row has one place.
 *
 * @param index the index
 * @param primary whether it is the primary key's
 * @param columns in key order
 */
public record UniqueKey(Identifier index, boolean primary, List<KeyColumn> columns) {

  public UniqueKey {
    columns = List.copyOf(columns);
  }

  /** Whether none of the given columns is part of it. */
  public boolean spares(Set<Integer> attnums) {
    return columns.stream().noneMatch(column -> attnums.contains(column.attnum()));
  }

  /** For people: {@code the primary key (b, a)}. */
  public String words() {
    String names =
        columns.stream().map(column -> column.name().toString()).collect(Collectors.joining(", "));
    return (primary ? "the primary key (" : "the unique index " + index + " (") + names + ")";
  }

  /**
   * One column of a key.
   *
   * @param type the column's type for casting a remembered key back; without its modifier, by which
   *     a value that came after the column was widened would be cut
   * @param nullsFirst whether the index, read upwards, would have NULLs first: there are none, but
   *     only the same words in ORDER BY let the server read the index instead of sorting
   */
  public record KeyColumn(Identifier name, int attnum, String type, boolean nullsFirst) {}
}
