package dev.gatefold.executor.trial;

import dev.gatefold.planner.name.Identifier;

/**
 * A column that a {@link SampleWriter} may write.
 *
 * @param distinct whether a key makes each row have a value of its own
 * @param numbered whether the server gives it a value
 */
record SampleColumn(Identifier name, String type, boolean distinct, boolean numbered) {

  /** Whether it is the same column to an application, whatever belongs to it besides. */
  boolean isLike(SampleColumn other) {
    return name.equals(other.name()) && type.equals(other.type());
  }

  /** Whether a row may take the value of another one. */
  boolean isChangeable() {
    return !distinct && !numbered;
  }

  boolean isInsertable() {
    return !numbered;
  }

  SampleColumn madeDistinct() {
    return new SampleColumn(name, type, true, numbered);
  }

  /** Whether {@link #another} is sure to differ from what is there. */
  boolean isFresh() {
    return distinct && (numbered || !another("t").startsWith("t."));
  }

  /** The value in a new row that is like the row {@code t}. */
  String another(String table) {
    if (!distinct) {
      return "t." + name.quoted();
    }
    return switch (type.replaceFirst("\\(.*\\)", "")) {
      case "smallint", "integer", "bigint", "numeric", "date" ->
          "(SELECT max(%1$s) + 1 FROM %2$s)".formatted(name.quoted(), table);
      case "timestamp without time zone", "timestamp with time zone" ->
          "(SELECT max(%1$s) + interval '1 day' FROM %2$s)".formatted(name.quoted(), table);
      case "uuid" -> "gen_random_uuid()";
      // A cast that is written out cuts what is too long.
      case "text", "character varying", "character" -> "md5(random()::text)::%s".formatted(type);
      default -> "t." + name.quoted();
    };
  }
}
