package dev.gatefold.planner.dialect.postgres;

import dev.gatefold.planner.schema.ColumnType;
import java.util.Set;

/**
 * Whether two values of a type differ.
 *
 * <p>Some types call different values equal: {@code 1.0} and {@code 1.00} of numeric, {@code 'A'}
 * and {@code 'a'} of citext, and json has no equality at all. There the stored images are compared,
 * so that no write of an application passes as "nothing changed".
 */
final class Comparison {

  /** The types that can be both comparable and collated. */
  private static final Set<String> COLLATED =
      Set.of("text", "character varying", "character", "bpchar", "name");

  private Comparison() {}

  /** The left side is a value of the type, the right one may come from a column of another type. */
  static String same(String left, String right, ColumnType type) {
    if (!type.comparable()) {
      return image(left, "*=", "(%s)::%s".formatted(right, type.base()));
    }
    // Two columns' collations may contradict each other; of deterministic ones any tells the same.
    String collated =
        COLLATED.contains(type.base()) ? "(%s) COLLATE pg_catalog.\"C\"".formatted(right) : right;
    return "%s IS NOT DISTINCT FROM %s".formatted(left, collated);
  }

  static String differ(String left, String right, ColumnType type) {
    return type.comparable()
        ? "%s IS DISTINCT FROM %s".formatted(left, right)
        : image(left, "*<>", right);
  }

  private static String image(String left, String operator, String right) {
    return "ROW(%s)::pg_catalog.record OPERATOR(pg_catalog.%s) ROW(%s)::pg_catalog.record"
        .formatted(left, operator, right);
  }
}
