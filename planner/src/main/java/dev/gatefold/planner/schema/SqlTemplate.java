package dev.gatefold.planner.schema;

import dev.gatefold.planner.draft.RowSql;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * SQL that the server printed with each changed column under a name that nobody uses, so that the
 * real name can be put in without parsing SQL.
 *
 * @param text the server's text; the column with number 3 reads {@code gatefold_probe_3}, in an
 *     expression over a row {@code gatefold_row.gatefold_probe_3}
 */
public record SqlTemplate(String text) {

  /** The name of a probed column before its number. */
  public static final String COLUMN = "gatefold_probe_";

  /** The name of the row in a probed expression. */
  public static final String ROW = RowSql.ROW;

  private static final Pattern REFERENCE =
      Pattern.compile("(?:" + ROW + "\\.)?" + COLUMN + "(\\d+)");

  /** The same with types that are called otherwise. */
  public SqlTemplate saying(UnaryOperator<String> types) {
    return new SqlTemplate(types.apply(text));
  }

  /** The SQL with the given text in place of each column, by column number. */
  public String with(IntFunction<String> column) {
    return REFERENCE
        .matcher(text)
        .replaceAll(
            reference ->
                Matcher.quoteReplacement(column.apply(Integer.parseInt(reference.group(1)))));
  }
}
