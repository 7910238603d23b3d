package dev.gatefold.planner.catalog;

import dev.gatefold.planner.schema.ColumnType;
import java.util.List;
import java.util.Set;

/** What is known about plain casts from one type to another. */
record Conversion(ColumnType from, ColumnType to) {

  private static final List<String> INTEGERS = List.of("smallint", "integer", "bigint");
  private static final Set<String> STRINGS = Set.of("text", "character varying");
  private static final Set<String> PRINTED_EXACTLY =
      Set.of("smallint", "integer", "bigint", "numeric", "boolean", "uuid");
  private static final int LENGTH_OFFSET = 4;

  Conversion reversed() {
    return new Conversion(to, from);
  }

  /** No difference at all. */
  boolean isSame() {
    return from.sql().equals(to.sql()) && from.collation().equals(to.collation());
  }

  /** Every value fits and stays what it is. */
  boolean widens() {
    return isSame()
        || (isInteger(from) && isInteger(to) && rank(from) <= rank(to))
        || (isInteger(from) && isNumeric(to) && to.modifier() < 0)
        || (isNumeric(from) && isNumeric(to) && hasRoom() && (to.modifier() < 0 || isSameScale()))
        || (isString(from) && isString(to) && hasRoom())
        || (from.base().equals("real") && to.base().equals("double precision"));
  }

  /** There and back, a value is the same again, or one of the two casts fails. */
  boolean isLossless() {
    return widens()
        || (PRINTED_EXACTLY.contains(from.base()) && isString(to))
        || (isInteger(from) && isInteger(to))
        || isOfLabels()
        || (isNumeric(from) && isNumeric(to) && isSameScale())
        || cutsBlanks();
  }

  /**
   * Between an enum and a string: the label, to the letter. The server counts the cast as one that
   * may change, for a label can get another name.
   */
  boolean isOfLabels() {
    return (isEnum(from) && isString(to)) || (isString(from) && isEnum(to));
  }

  /** Assignment drops blanks that do not fit; only a stricter cast keeps every value. */
  boolean cutsBlanks() {
    return (isString(from) || isEnum(from)) && isString(to) && !hasRoom();
  }

  private boolean hasRoom() {
    return to.modifier() < 0
        || (from.modifier() >= 0
            && (isNumeric(from)
                ? precision(from) <= precision(to)
                : from.modifier() <= to.modifier()));
  }

  private boolean isSameScale() {
    return to.modifier() >= 0 && from.modifier() >= 0 && scale(from) == scale(to);
  }

  private static boolean isInteger(ColumnType type) {
    return INTEGERS.contains(type.base());
  }

  private static int rank(ColumnType type) {
    return INTEGERS.indexOf(type.base());
  }

  private static boolean isEnum(ColumnType type) {
    return type.kind() == ColumnType.Kind.ENUM;
  }

  private static boolean isNumeric(ColumnType type) {
    return type.base().equals("numeric");
  }

  private static boolean isString(ColumnType type) {
    return STRINGS.contains(type.base());
  }

  private static int precision(ColumnType numeric) {
    return (numeric.modifier() - LENGTH_OFFSET) >> 16;
  }

  private static int scale(ColumnType numeric) {
    return (numeric.modifier() - LENGTH_OFFSET) & 0xFFFF;
  }
}
