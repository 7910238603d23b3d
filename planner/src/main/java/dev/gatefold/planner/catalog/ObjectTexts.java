package dev.gatefold.planner.catalog;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Definitions of indexes, of constraints but foreign keys and of statistics without the name of
 * their table.
 */
final class ObjectTexts {

  // A temporary schema is printed by its number or as pg_temp, depending on the version. What does
  // not begin as expected is left out.
  private static final String INDEXES =
      """
      SELECT x.relname, 'USING ' || substr(d.definition, length(p.prefix) + 1)
      FROM pg_index i
      JOIN pg_class x ON x.oid = i.indexrelid
      JOIN pg_class t ON t.oid = i.indrelid
      JOIN pg_namespace n ON n.oid = t.relnamespace
      CROSS JOIN LATERAL (SELECT pg_get_indexdef(x.oid) AS definition) AS d
      CROSS JOIN LATERAL (
        SELECT concat('CREATE ', CASE WHEN i.indisunique THEN 'UNIQUE ' END,
                      'INDEX ', quote_ident(x.relname),
                      ' ON ', CASE WHEN x.relkind = 'I' THEN 'ONLY ' END,
                      s.name, '.', quote_ident(t.relname), ' USING ') AS prefix
        FROM (VALUES (quote_ident(n.nspname)), ('pg_temp')) AS s (name)
      ) AS p
      WHERE i.indrelid = ?::oid AND starts_with(d.definition, p.prefix)
      """;

  private static final String CONSTRAINTS =
      """
      SELECT c.conname, pg_get_constraintdef(c.oid)
      FROM pg_constraint c
      WHERE c.conrelid = ?::oid AND c.contype IN ('c', 'u', 'p', 'x')
      """;

  private static final String CONDITIONS =
      """
      SELECT c.conname, pg_get_expr(c.conbin, c.conrelid)
      FROM pg_constraint c
      WHERE c.conrelid = ?::oid AND c.contype = 'c'
      """;

  private static final String STATISTICS =
      """
      SELECT s.%s,
             substr(d.definition, length(p.prefix) + 1,
                    length(d.definition) - length(p.prefix) - length(f.suffix))
      FROM pg_statistic_ext s
      JOIN pg_namespace n ON n.oid = s.stxnamespace
      JOIN pg_class t ON t.oid = s.stxrelid
      JOIN pg_namespace tn ON tn.oid = t.relnamespace
      CROSS JOIN LATERAL (SELECT pg_get_statisticsobjdef(s.oid) AS definition) AS d
      CROSS JOIN LATERAL (
        SELECT 'CREATE STATISTICS ' || v.name || '.' || quote_ident(s.stxname) || ' ' AS prefix
        FROM (VALUES (quote_ident(n.nspname)), ('pg_temp')) AS v (name)
      ) AS p
      CROSS JOIN LATERAL (
        SELECT ' FROM ' || v.name || quote_ident(t.relname) AS suffix
        FROM (VALUES (quote_ident(tn.nspname) || '.'), ('pg_temp.'), ('')) AS v (name)
      ) AS f
      WHERE s.stxrelid = ?::oid AND starts_with(d.definition, p.prefix)
        AND right(d.definition, length(f.suffix)) = f.suffix
      """;

  private final Session session;

  ObjectTexts(Session session) {
    this.session = session;
  }

  /** What follows the table in the definitions of a table's indexes, by name. */
  Map<String, String> indexes(long table) throws SQLException {
    return byName(INDEXES, table);
  }

  /** The definitions of a table's constraints but foreign keys, by name. */
  Map<String, String> constraints(long table) throws SQLException {
    return byName(CONSTRAINTS, table);
  }

  /** What a table's CHECK constraints ask, by name. */
  Map<String, String> conditions(long table) throws SQLException {
    return byName(CONDITIONS, table);
  }

  /** What stands between name and table in the definitions of a table's statistics, by name. */
  Map<String, String> statistics(long table) throws SQLException {
    return byName(STATISTICS.formatted("stxname"), table);
  }

  /** The same by OID, since names of statistics are unique within a schema only. */
  Map<String, String> statisticsByOid(long table) throws SQLException {
    return byName(STATISTICS.formatted("oid::text"), table);
  }

  private Map<String, String> byName(String sql, long table) throws SQLException {
    List<Map.Entry<String, String>> texts =
        session.list(row -> Map.entry(row.getString(1), row.getString(2)), sql, table);
    return texts.stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }
}
