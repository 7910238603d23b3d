package dev.gatefold.planner.catalog;

import dev.gatefold.planner.schema.ColumnType;

/** Converts a value as storing it in a column does: an explicit cast would cut strings silently. */
final class Assignment {

  private static final String VARCHAR = "character varying";

  private Assignment() {}

  /** The value as it would lie in a column of the type, or the error that storing it raises. */
  static String to(ColumnType type, String value) {
    return isCast(type)
        ? "(" + value + ")::" + type.sql()
        : limited(isLimited(type, VARCHAR) ? "varchar" : "bpchar", value, type.modifier());
  }

  /** Whether storing a value does what an explicit cast to the type does. */
  static boolean isCast(ColumnType type) {
    return !isLimited(type, VARCHAR) && !isLimited(type, "bpchar");
  }

  /**
   * The same for a {@code varchar(n)} that must not even lose blanks at its end: with a visible
   * character behind them they count as any others.
   */
  static String strictlyTo(ColumnType type, String value) {
    String guarded = "pg_catalog.textcat((" + value + ")::pg_catalog.text, '|'::pg_catalog.text)";
    String checked = limited("varchar", guarded, type.modifier() + 1);
    return "pg_catalog.\"left\"((" + checked + ")::pg_catalog.text, -1)";
  }

  private static boolean isLimited(ColumnType type, String base) {
    return type.kind() == ColumnType.Kind.BASE && type.base().equals(base) && type.modifier() >= 0;
  }

  private static String limited(String function, String value, int modifier) {
    return "pg_catalog.%1$s((%2$s)::pg_catalog.%1$s, %3$d, false)"
        .formatted(function, value, modifier);
  }
}
