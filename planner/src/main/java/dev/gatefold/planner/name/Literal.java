package dev.gatefold.planner.name;

/** Text as an SQL string literal, for statements that take no bound parameters (DDL). */
public final class Literal {

  private Literal() {}

  /** The text in single quotes, right whatever {@code standard_conforming_strings} says. */
  public static String of(String text) {
    String quoted = "'" + text.replace("'", "''") + "'";
    return text.indexOf('\\') < 0 ? quoted : " E" + quoted.replace("\\", "\\\\");
  }
}
