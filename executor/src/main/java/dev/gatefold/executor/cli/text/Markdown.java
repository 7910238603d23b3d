package dev.gatefold.executor.cli.text;

import java.util.regex.Pattern;

/** Text in GitHub's Markdown, so that no name of a user's can break out of its place. */
final class Markdown {

  private static final Pattern SPECIAL = Pattern.compile("[\\\\`*_<>\\[\\]|#~&@]");
  private static final Pattern BACKTICKS = Pattern.compile("`+");

  private Markdown() {}

  /** Plain words. */
  static String text(String text) {
    return SPECIAL.matcher(oneLine(text)).replaceAll("\\\\$0");
  }

  /** A name, also in a cell of a table. */
  static String code(String text) {
    String fence = "`".repeat(longest(text) + 1);
    String pad = text.startsWith("`") || text.endsWith("`") ? " " : "";
    return fence + pad + oneLine(text).replace("|", "\\|") + pad + fence;
  }

  /** Lines of SQL. */
  static String sql(String text) {
    String fence = "`".repeat(Math.max(3, longest(text) + 1));
    return fence + "sql\n" + text + "\n" + fence;
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\s+", " ");
  }

  private static int longest(String text) {
    return BACKTICKS.matcher(text).results().mapToInt(it -> it.group().length()).max().orElse(0);
  }
}
