package dev.gatefold.planner.catalog;

import dev.gatefold.planner.schema.Dependent;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;

/**
 * Reads what hangs on a column beside the objects that the model knows by itself, such as {@link
 * FollowerCatalog}'s.
 */
final class DependentCatalog {

  // A generated column is recorded under itself up to version 14 and under its expression since.
  private static final String ON_COLUMN =
      """
      SELECT d.refobjsubid AS attnum,
             CASE
               WHEN g.attname IS NOT NULL THEN 'generated column ' || quote_ident(g.attname)
               ELSE pg_describe_object(d.classid, d.objid, d.objsubid)
             END AS description
      FROM pg_depend d
      LEFT JOIN pg_class x ON d.classid = 'pg_class'::regclass AND x.oid = d.objid
      LEFT JOIN pg_constraint c ON d.classid = 'pg_constraint'::regclass AND c.oid = d.objid
      LEFT JOIN pg_attrdef e ON d.classid = 'pg_attrdef'::regclass AND e.oid = d.objid
      LEFT JOIN pg_attribute g ON g.attrelid = d.refobjid
       AND g.attnum = CASE WHEN x.oid = d.refobjid THEN d.objsubid ELSE e.adnum END
       AND g.attnum > 0
      WHERE d.refclassid = 'pg_class'::regclass AND d.refobjid = ?::oid
        AND d.refobjsubid = ANY (?::int[]) AND d.deptype IN ('n', 'a')
        AND d.classid NOT IN ('pg_statistic_ext'::regclass, 'pg_publication_rel'::regclass)
        AND NOT coalesce(x.relkind IN ('i', 'I'), false)
        AND NOT (x.relkind IS NOT DISTINCT FROM 'S' AND EXISTS (
              SELECT FROM pg_attrdef o WHERE o.adrelid = d.refobjid AND o.adnum = d.refobjsubid))
        AND NOT coalesce(c.conrelid = d.refobjid OR c.contype = 'f', false)
        AND d.classid NOT IN ('pg_rewrite'::regclass, 'pg_policy'::regclass,
                              'pg_trigger'::regclass, 'pg_proc'::regclass)
        AND g.attnum IS DISTINCT FROM d.refobjsubid
      """;

  // Whatever uses the table's row type uses each of its columns.
  private static final String ON_ROW_TYPE =
      """
      SELECT n.attnum,
             CASE WHEN r.rulename = '_RETURN'
                  THEN pg_describe_object('pg_class'::regclass, r.ev_class, 0)
                  ELSE pg_describe_object(d.classid, d.objid, d.objsubid) END
      FROM pg_class c
      JOIN pg_type t ON t.oid = c.reltype
      JOIN pg_depend d ON d.refclassid = 'pg_type'::regclass
       AND d.refobjid IN (t.oid, t.typarray) AND d.deptype IN ('n', 'a')
      LEFT JOIN pg_rewrite r ON d.classid = 'pg_rewrite'::regclass AND r.oid = d.objid
      CROSS JOIN unnest(?::int[]) AS n (attnum)
      WHERE c.oid = ?::oid
      """;

  private static final String SECURITY_LABELS =
      """
      SELECT objsubid, 'security label of the provider ' || provider
      FROM pg_seclabel
      WHERE classoid = 'pg_class'::regclass AND objoid = ?::oid AND objsubid = ANY (?::int[])
      """;

  private static final String ALL =
      ON_COLUMN
          + "UNION\n"
          + ON_ROW_TYPE
          + "UNION\n"
          + SECURITY_LABELS
          + "ORDER BY attnum, description";

  private final Session session;

  DependentCatalog(Session session) {
    this.session = session;
  }

  /** What depends on any of the columns. */
  List<Dependent> read(long table, Collection<Integer> columns) throws SQLException {
    String numbers = Session.array(columns);
    return session.list(
        row -> new Dependent(row.getInt("attnum"), row.getString("description")),
        ALL,
        table,
        numbers,
        numbers,
        table,
        table,
        numbers);
  }
}
