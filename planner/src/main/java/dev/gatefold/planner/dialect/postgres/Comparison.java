package dev.gatefold.planner.dialect.postgres;

import dev.gatefold.planner.schema.ColumnType;

/**
 * Whether two values of a type differ.
 *
 * <p>Some types call different values equal: {@code 1.0} and {@code 1.00} of numeric, {@code 'A'}
 * and {@code 'a'} of citext, and json has no equality at all. There the stored images are compared,
 * so that no write of an application passes as "nothing changed".
 */
final class Comparison {

  private Comparison() {}

  static String same(String left, String right, ColumnType type) {
    return type.comparable()
        ? "%s IS NOT DISTINCT FROM %s".formatted(left, right)
        : image(left, "*=", right);
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
