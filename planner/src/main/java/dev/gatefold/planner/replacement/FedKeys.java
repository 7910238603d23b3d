package dev.gatefold.planner.replacement;

import dev.gatefold.planner.schema.UniqueKey.KeyColumn;
import java.util.Set;

/** Which keys a change feed tells in a way that the server reads back. */
public final class FedKeys {

  /** Types whose values come through the log as the server would print and read them. */
  private static final Set<String> TYPES =
      Set.of(
          "smallint",
          "integer",
          "bigint",
          "numeric",
          "text",
          "character varying",
          "character",
          "bpchar",
          "uuid",
          "bytea",
          "boolean",
          "date",
          "timestamp without time zone",
          "timestamp with time zone");

  private FedKeys() {}

  public static boolean isReadable(KeyColumn column) {
    return TYPES.contains(column.type());
  }
}
