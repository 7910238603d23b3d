package dev.gatefold.backfill.session;

/** Expressions of a plan inside statements that have placeholders. */
public final class Expression {

  private Expression() {}

  /**
   * The expression for the text of a prepared statement: JDBC takes a bare question mark for a
   * placeholder, yet {@code ?} is an operator of jsonb too; doubled it stays one.
   */
  public static String inPrepared(String sql) {
    StringBuilder text = new StringBuilder(sql.length());
    int at = 0;
    while (at < sql.length()) {
      char c = sql.charAt(at);
      if (c == '\'' || c == '"') {
        int end = endOfQuoted(sql, at, c == '\'' && escapes(sql, at));
        text.append(sql, at, end);
        at = end;
      } else {
        text.append(c == '?' ? "??" : String.valueOf(c));
        at++;
      }
    }
    return text.toString();
  }

  private static int endOfQuoted(String sql, int start, boolean escapes) {
    char quote = sql.charAt(start);
    for (int at = start + 1; at < sql.length(); at++) {
      if (escapes && sql.charAt(at) == '\\') {
        at++;
      } else if (sql.charAt(at) == quote) {
        return at + 1;
      }
    }
    return sql.length();
  }

  /** Whether the literal is of the form {@code E'...'}, where a backslash hides the next quote. */
  private static boolean escapes(String sql, int quote) {
    return quote > 0
        && Character.toUpperCase(sql.charAt(quote - 1)) == 'E'
        && (quote == 1 || !Character.isLetterOrDigit(sql.charAt(quote - 2)));
  }
}
