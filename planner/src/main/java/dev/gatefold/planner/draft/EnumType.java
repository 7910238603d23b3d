package dev.gatefold.planner.draft;

import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import java.util.List;
import java.util.Optional;

/**
 * An enum as the server knows it.
 *
 * @param owned whether the connected role owns it, directly or through a role
 * @param values in their order
 * @param uses everything that would keep it from being dropped
 */
public record EnumType(long oid, boolean owned, List<String> values, List<Use> uses) {

  public EnumType {
    values = List.copyOf(values);
    uses = List.copyOf(uses);
  }

  /**
   * What uses an enum.
   *
   * @param description in the server's words, such as {@code column state of table public.orders}
   * @param follows whether it is a column of a table, or reads one: it comes along with that
   * @param column the column that is of the type, where it is one of a table and of no partition
   */
  public record Use(String description, boolean follows, Optional<UsingColumn> column) {}

  /**
   * A column of the type.
   *
   * @param array whether it holds arrays of it
   * @param defaultValue as the server prints it
   */
  public record UsingColumn(
      TableName table, Identifier column, boolean array, Optional<String> defaultValue) {}
}
