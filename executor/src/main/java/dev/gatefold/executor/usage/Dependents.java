package dev.gatefold.executor.usage;

import dev.gatefold.executor.database.Query;
import dev.gatefold.planner.plan.StageName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** What the catalog itself knows to read a column. Stateless and thread-safe. */
public final class Dependents {

  /** Indexes and constraints of the table itself belong to the column and read it for nobody. */
  private static final String SQL =
      """
      WITH tree AS (
        SELECT relid FROM pg_partition_tree(?::oid::regclass) UNION SELECT ?::oid)
      SELECT DISTINCT i.type || ' ' || i.identity
      FROM tree
      JOIN pg_attribute a ON a.attrelid = tree.relid AND a.attname = ? AND NOT a.attisdropped
      JOIN pg_depend d ON d.refclassid = 'pg_class'::regclass
       AND d.refobjid = a.attrelid AND d.refobjsubid = a.attnum
      LEFT JOIN pg_rewrite r ON d.classid = 'pg_rewrite'::regclass AND r.oid = d.objid
       AND r.rulename = '_RETURN'
      LEFT JOIN pg_attrdef g ON d.classid = 'pg_attrdef'::regclass AND g.oid = d.objid
      LEFT JOIN pg_trigger t ON d.classid = 'pg_trigger'::regclass AND t.oid = d.objid
      LEFT JOIN pg_constraint k ON d.classid = 'pg_constraint'::regclass AND k.oid = d.objid
      CROSS JOIN LATERAL pg_identify_object(
        CASE WHEN r.oid IS NOT NULL OR g.oid IS NOT NULL THEN 'pg_class'::regclass
             ELSE d.classid END,
        coalesce(r.ev_class, g.adrelid, d.objid), coalesce(g.adnum, 0)) i
      WHERE (d.classid IN ('pg_rewrite'::regclass, 'pg_policy'::regclass, 'pg_proc'::regclass)
          OR (? AND d.classid = 'pg_publication_rel'::regclass)
          OR g.adnum <> a.attnum
          OR (NOT t.tgisinternal AND t.tgparentid = 0 AND NOT starts_with(t.tgname, '~gatefold_'))
          OR (? AND k.contype = 'f' AND k.confrelid = a.attrelid))
      ORDER BY 1""";

  private static final String OWN =
      """
      SELECT DISTINCT i.type || ' ' || i.identity
      FROM pg_attribute a
      JOIN pg_depend d ON d.refclassid = 'pg_class'::regclass
       AND d.refobjid = a.attrelid AND d.refobjsubid = a.attnum
      CROSS JOIN LATERAL pg_identify_object(d.classid, d.objid, 0) i
      WHERE a.attrelid = ?::oid AND a.attname = ? AND NOT a.attisdropped
        AND d.classid IN ('pg_class'::regclass, 'pg_constraint'::regclass,
                          'pg_statistic_ext'::regclass, 'pg_publication_rel'::regclass)
      ORDER BY 1""";

  private Dependents() {}

  /** What belongs to the column itself, such as {@code index public.by_total}. */
  public static List<String> own(Connection connection, OldColumn column, StageName stage)
      throws SQLException {
    return Query.of(OWN, column.oid(), column.nameBefore(stage).value())
        .list(connection, row -> row.getString(1));
  }

  /** In words, such as {@code view public.totals}. */
  public static List<String> of(Connection connection, OldColumn column, StageName stage)
      throws SQLException {
    // What the swap itself leaves on the hidden column until the drop is nobody's use.
    boolean shared = stage == StageName.RETIRE;
    return Query.of(
            SQL, column.oid(), column.oid(), column.nameBefore(stage).value(), shared, shared)
        .list(connection, row -> row.getString(1));
  }
}
