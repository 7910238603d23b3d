package dev.gatefold.planner.catalog;

import dev.gatefold.planner.draft.Standing;
import dev.gatefold.planner.draft.Standing.Privilege;
import dev.gatefold.planner.draft.Standing.RowSecurity;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads how a table or view stands. */
final class StandingCatalog {

  private static final String RELATION =
      """
      SELECT c.oid, obj_description(c.oid, 'pg_class') AS comment, c.relrowsecurity,
             c.relforcerowsecurity,
             CASE c.relreplident
               WHEN 'f' THEN 'FULL' WHEN 'n' THEN 'NOTHING' WHEN 'd' THEN 'DEFAULT'
               ELSE coalesce('USING INDEX ' || (
                 SELECT quote_ident(i.relname) FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid
                 WHERE x.indrelid = c.oid AND x.indisreplident), 'NOTHING') END AS identity
      FROM pg_class c WHERE c.oid = to_regclass(?)
      """;

  // All that the server drops by itself with the relation; and what leans on any of it.
  private static final String DEPENDENTS =
      """
      WITH RECURSIVE own (classid, objid) AS (
        SELECT 'pg_class'::regclass::oid, ?::oid
        UNION
        SELECT d.classid, d.objid
        FROM own o JOIN pg_depend d ON d.refclassid = o.classid AND d.refobjid = o.objid
        WHERE d.deptype IN ('a', 'i', 'P', 'S')),
      leaning AS (
        SELECT d.classid, d.objid
        FROM own o JOIN pg_depend d ON d.refclassid = o.classid AND d.refobjid = o.objid
        WHERE d.deptype = 'n'
        EXCEPT
        SELECT classid, objid FROM own)
      SELECT DISTINCT coalesce(
        (SELECT pg_describe_object('pg_class'::regclass, r.ev_class, 0)
         FROM pg_rewrite r
         WHERE l.classid = 'pg_rewrite'::regclass AND r.oid = l.objid AND r.rulename = '_RETURN'),
        pg_describe_object(l.classid, l.objid, 0)) AS words
      FROM leaning l
      UNION
      SELECT 'extension ' || quote_ident(e.extname)
      FROM pg_depend d JOIN pg_extension e ON e.oid = d.refobjid
      WHERE d.classid = 'pg_class'::regclass AND d.objid = ?::oid AND d.deptype = 'e'
      ORDER BY words
      """;

  private static final String PUBLICATIONS =
      """
      SELECT p.pubname FROM pg_publication_rel r JOIN pg_publication p ON p.oid = r.prpubid
      WHERE r.prrelid IN (SELECT relid FROM pg_partition_tree(?::oid::regclass)) OR r.prrelid = ?::oid
      ORDER BY p.pubname
      """;

  // A body that the server has parsed names the table by its OID.
  private static final String MENTIONS =
      """
      SELECT p.oid::regprocedure::text
      FROM pg_proc p
      JOIN pg_language l ON l.oid = p.prolang AND l.lanname NOT IN ('internal', 'c')
      JOIN pg_namespace n ON n.oid = p.pronamespace
       AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'gatefold')
      WHERE p.prosqlbody IS NULL
        AND strpos(' ' || regexp_replace(lower(p.prosrc), '[^\\w$]+', ' ', 'g') || ' ',
                   ' ' || regexp_replace(lower(?), '[^\\w$]+', ' ', 'g') || ' ') > 0
      ORDER BY 1
      """;

  private static final String COMMENTS =
      """
      SELECT a.attname, col_description(a.attrelid, a.attnum)
      FROM pg_attribute a
      WHERE a.attrelid = ?::oid AND a.attnum > 0 AND NOT a.attisdropped
        AND col_description(a.attrelid, a.attnum) IS NOT NULL
      """;

  private static final String PRIVILEGES =
      """
      SELECT g.privilege_type, g.attname, g.is_grantable,
             CASE WHEN g.grantee = 0 THEN 'PUBLIC'
                  ELSE quote_ident(pg_get_userbyid(g.grantee)) END AS grantee
      FROM (
        SELECT e.*, NULL::name AS attname, c.relowner
        FROM pg_class c CROSS JOIN LATERAL aclexplode(c.relacl) e WHERE c.oid = ?::oid
        UNION ALL
        SELECT e.*, a.attname, c.relowner
        FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
        CROSS JOIN LATERAL aclexplode(a.attacl) e
        WHERE c.oid = ?::oid AND NOT a.attisdropped) g
      WHERE g.grantee <> g.relowner
      ORDER BY g.attname NULLS FIRST, 4, g.privilege_type
      """;

  private static final String POLICIES =
      """
      SELECT p.polname,
             format('CREATE POLICY %I ON %I.%I AS %s FOR %s TO %s%s%s', p.polname, w.schema, w.name,
                    CASE WHEN p.polpermissive THEN 'PERMISSIVE' ELSE 'RESTRICTIVE' END,
                    CASE p.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE'
                                  WHEN 'd' THEN 'DELETE' ELSE 'ALL' END,
                    (SELECT string_agg(CASE o WHEN 0 THEN 'PUBLIC'
                                              ELSE quote_ident(pg_get_userbyid(o)) END, ', ')
                     FROM unnest(p.polroles) o),
                    ' USING (' || pg_get_expr(p.polqual, p.polrelid) || ')',
                    ' WITH CHECK (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')'),
             format('COMMENT ON POLICY %I ON %I.%I IS %L', p.polname, w.schema, w.name,
                    obj_description(p.oid, 'pg_policy')),
             obj_description(p.oid, 'pg_policy') IS NOT NULL
      FROM pg_policy p CROSS JOIN (VALUES (?, ?)) AS w (schema, name)
      WHERE p.polrelid = ?::oid
      """;

  private final Session session;

  StandingCatalog(Session session) {
    this.session = session;
  }

  private record Facts(
      long oid, Optional<String> comment, boolean enabled, boolean forced, String identity) {}

  /**
   * Reads what there is.
   *
   * @throws SQLException with the server's own state for it if there is no such relation
   */
  Standing read(TableName name) throws SQLException {
    List<Facts> found =
        session.list(
            row ->
                new Facts(
                    row.getLong("oid"),
                    Optional.ofNullable(row.getString("comment")),
                    row.getBoolean("relrowsecurity"),
                    row.getBoolean("relforcerowsecurity"),
                    row.getString("identity")),
            RELATION,
            name.quoted());
    if (found.isEmpty()) {
      throw new SQLException("there is no table " + name, "42P01");
    }
    Facts facts = found.get(0);
    return new Standing(
        facts.comment(),
        session.list(row -> row.getString(1), DEPENDENTS, facts.oid(), facts.oid()),
        session.list(
            row -> new Identifier(row.getString(1)), PUBLICATIONS, facts.oid(), facts.oid()),
        session.list(row -> row.getString(1), MENTIONS, name.name().value()),
        comments(facts.oid()),
        session.list(
            row ->
                new Privilege(
                    row.getString("privilege_type"),
                    Optional.ofNullable(row.getString("attname")).map(Identifier::new),
                    row.getString("grantee"),
                    row.getBoolean("is_grantable")),
            PRIVILEGES,
            facts.oid(),
            facts.oid()),
        new RowSecurity(facts.enabled(), facts.forced(), policies(facts.oid(), name)),
        facts.identity());
  }

  private Map<Identifier, String> comments(long oid) throws SQLException {
    Map<Identifier, String> comments = new TreeMap<>();
    session.list(
        row -> comments.put(new Identifier(row.getString(1)), row.getString(2)), COMMENTS, oid);
    return comments;
  }

  /** Policies of a table, as if they were those of the named one. */
  Map<Identifier, List<String>> policies(long oid, TableName name) throws SQLException {
    Map<Identifier, List<String>> policies = new LinkedHashMap<>();
    session.list(
        row -> {
          List<String> sql = new ArrayList<>(List.of(row.getString(2)));
          if (row.getBoolean(4)) {
            sql.add(row.getString(3));
          }
          return policies.put(new Identifier(row.getString(1)), sql);
        },
        POLICIES,
        name.schema().value(),
        name.name().value(),
        oid);
    return policies;
  }
}
