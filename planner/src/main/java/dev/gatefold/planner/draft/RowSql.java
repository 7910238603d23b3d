package dev.gatefold.planner.draft;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An expression over a row, as the server printed it: every column stands behind a name that nobody
 * uses, so that another row can be put in without parsing SQL.
 */
public record RowSql(String text) {

  /** The name of the row in the text. */
  public static final String ROW = "gatefold_row";

  private static final Pattern REFERENCE = Pattern.compile("\\b" + ROW + "\\.");

  /** The SQL over columns that stand for themselves. */
  public String overColumns() {
    return REFERENCE.matcher(text).replaceAll("");
  }

  /** The SQL over a row of another name, such as {@code NEW}. */
  public String over(String row) {
    return REFERENCE.matcher(text).replaceAll(Matcher.quoteReplacement(row + "."));
  }
}
