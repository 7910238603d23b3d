package dev.gatefold.planner.catalog;

import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.schema.SqlTemplate;
import dev.gatefold.planner.schema.TableProbe.Probed;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An author's expression over the row of a clone. A temporary view holds it, so that the server
 * says what it reads and prints it with whatever names the clone's columns have by then.
 */
record Expression(Session session, Clone source, String view, String text) {

  private static final Pattern RESERVED =
      Pattern.compile("gatefold_(?:probe_|row|other|old|new|value)", Pattern.CASE_INSENSITIVE);

  private static final String READS =
      """
      SELECT DISTINCT a.attname
      FROM pg_rewrite r
      JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid
       AND d.refclassid = 'pg_class'::regclass
      JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
      WHERE r.ev_class = to_regclass(?) AND d.refobjid = ?::oid AND d.refobjsubid > 0
      ORDER BY a.attname
      """;

  /** A function without an entry is the server's own, and reads no table. */
  private static final String LOOKS_INTO =
      """
      SELECT count(*)
      FROM pg_rewrite r
      JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid
      LEFT JOIN pg_class c ON d.refclassid = 'pg_class'::regclass AND c.oid = d.refobjid
      LEFT JOIN pg_proc p ON d.refclassid = 'pg_proc'::regclass AND p.oid = d.refobjid
      WHERE r.ev_class = to_regclass(?)
        AND (c.oid = ?::oid OR c.oid IN (SELECT relid FROM pg_partition_tree(?::oid::regclass))
             OR c.relkind IN ('v', 'm') AND c.oid <> r.ev_class OR p.provolatile <> 'i')
      """;

  /**
   * The server's own functions stand in the tree alone, and the time of day as a node of its own.
   */
  private static final String CALLS =
      """
      SELECT count(*) FROM pg_rewrite r
      WHERE r.ev_class = to_regclass(?)
        AND (r.ev_action::text LIKE '%{SQLVALUEFUNCTION %'
             OR EXISTS (
               SELECT FROM regexp_matches(r.ev_action::text, ':funcid (\\d+)', 'g') AS call
               JOIN pg_proc p ON p.oid = call[1]::oid WHERE p.provolatile <> 'i'))
      """;

  private static final String BEGIN = " SELECT";
  private static final String END = " AS gatefold_value\n   FROM ";

  /** Why an author's text cannot be tried at all. */
  static <T> Optional<Probed<T>> refusal(String text) {
    if (RESERVED.matcher(text).find()) {
      return Optional.of(
          Rejections.of(Rejections.RESERVED_NAME, "names that begin with gatefold_ are reserved"));
    }
    return ExpressionText.defect(text).map(defect -> Rejections.of(Rejections.SYNTAX, defect));
  }

  /** Lets the server parse the text with the names that the clone's columns have now. */
  static Probed<Expression> parse(Session session, Clone source, String view, String text)
      throws SQLException {
    Optional<Probed<Expression>> refusal = refusal(text);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    // With a second item in FROM the server prints each column with the name of its row.
    String sql =
        "CREATE TEMP VIEW %s AS SELECT %s AS gatefold_value FROM %s AS %s,"
            + " (SELECT 1) AS gatefold_other";
    return session.attempt(
        () -> {
          session.executeAsAuthor(
              sql.formatted(view, enclosed(text), source.sql(), SqlTemplate.ROW));
          return new Expression(session, source, view, text);
        });
  }

  /** The text in parentheses that a comment at its end cannot swallow. */
  static String enclosed(String text) {
    return "(\n" + text + "\n)";
  }

  String enclosed() {
    return enclosed(text);
  }

  /** The columns that it reads, by the names that they have now. */
  List<Identifier> reads() throws SQLException {
    return session.list(
        row -> new Identifier(row.getString(1)), READS, "pg_temp." + view, source.oid());
  }

  /** Whether its row's table itself is looked into, or may be: by a view or a function. */
  boolean looksInto(long table) throws SQLException {
    return session.one(row -> row.getLong(1) > 0, LOOKS_INTO, "pg_temp." + view, table, table);
  }

  /** Whether it calls a function whose result may be another one later, such as the time. */
  boolean callsChanging() throws SQLException {
    return session.one(row -> row.getLong(1) > 0, CALLS, "pg_temp." + view);
  }

  /** The expression as the server prints it, over the row {@link SqlTemplate#ROW}. */
  String print() throws SQLException {
    String definition =
        session.one(
            row -> row.getString(1),
            "SELECT pg_get_viewdef(to_regclass(?)::oid, false)",
            "pg_temp." + view);
    // What follows FROM is ours, so the last match is it, whatever the expression contains.
    int end = definition.lastIndexOf(END);
    if (!definition.startsWith(BEGIN) || end < 0) {
      throw new SQLException("the server printed a view unexpectedly: " + definition, "0A000");
    }
    return definition.substring(BEGIN.length(), end).strip();
  }
}
