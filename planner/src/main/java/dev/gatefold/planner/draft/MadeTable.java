package dev.gatefold.planner.draft;

import dev.gatefold.planner.name.Identifier;
import java.util.List;
import java.util.Optional;

/**
 * A new table as the server prints it, with every name qualified.
 *
 * @param columns in their order
 * @param elements what stands between the parentheses of CREATE TABLE
 * @param partitionKey what follows PARTITION BY
 */
public record MadeTable(
    List<Identifier> columns,
    List<Identifier> primaryKey,
    List<String> elements,
    Optional<String> partitionKey) {

  public MadeTable {
    columns = List.copyOf(columns);
    primaryKey = List.copyOf(primaryKey);
    elements = List.copyOf(elements);
  }
}
