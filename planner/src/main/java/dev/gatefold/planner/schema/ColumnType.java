package dev.gatefold.planner.schema;

import java.util.Optional;
import java.util.function.UnaryOperator;

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

  /** The same under another name. */
  public ColumnType saying(UnaryOperator<String> types) {
    return new ColumnType(
        types.apply(sql), types.apply(base), modifier, kind, collation, comparable);
  }

  /** What sort of type it is. */
  public enum Kind {
    BASE,
    ARRAY,
    /** Another name for a type. */
    DOMAIN,
    /** A domain that refuses values or NULL, or has a default. */
    CONSTRAINED_DOMAIN,
    ENUM,
    COMPOSITE,
    RANGE,
    OTHER
  }
}
