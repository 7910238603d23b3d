package dev.gatefold.planner.schema;

import java.util.Optional;

/**
 * A type as the server understands it.
 *
 * @param sql the whole type, qualified where it is not built in: {@code numeric(12,2)}
 * @param base the type without its modifier: {@code numeric}
 * @param modifier the type's modifier as the catalog keeps it; -1 for none
 * @param kind what sort of type it is
 * @param collation the collation where it is not the type's own, quoted with its schema
 * @param comparable whether {@code IS DISTINCT FROM} tells any two different images apart: the
 *     default btree operator class says so and the collation is deterministic
 */
public record ColumnType(
    String sql,
    String base,
    int modifier,
    Kind kind,
    Optional<String> collation,
    boolean comparable) {

  /** What sort of type it is; only base types are handled by every part of the planner. */
  public enum Kind {
    BASE,
    ARRAY,
    DOMAIN,
    ENUM,
    COMPOSITE,
    RANGE,
    OTHER
  }
}
