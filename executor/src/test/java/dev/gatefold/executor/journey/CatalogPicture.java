package dev.gatefold.executor.journey;

import dev.gatefold.testing.TestDatabase;
import java.sql.SQLException;
import java.util.List;

/**
 * What the catalog says about a table, without column positions and OIDs. It asks other questions
 * than the product does, so that it can find what the product does not look at.
 */
public final class CatalogPicture {

  private static final String QUERY =
      """
      WITH RECURSIVE t AS (SELECT '%s'::regclass::oid AS oid), r (oid) AS (
        SELECT oid FROM t
        UNION
        SELECT u.ev_class FROM r JOIN pg_depend d ON d.refobjid = r.oid
        JOIN pg_rewrite u ON d.classid = 'pg_rewrite'::regclass AND u.oid = d.objid)
      SELECT 'column', a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull::text,
             coalesce(pg_get_expr(d.adbin, d.adrelid), ''), a.attidentity::text,
             ARRAY(SELECT unnest(a.attacl)::text ORDER BY 1)::text, coalesce(col_description(a.attrelid, a.attnum), ''),
             concat_ws(' ', coalesce(a.attstattarget, -1), a.attstorage, a.attcompression,
                       a.attoptions, a.attcollation)
      FROM t JOIN pg_attribute a ON a.attrelid = t.oid
      LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
      WHERE a.attnum > 0 AND NOT a.attisdropped
      UNION ALL
      SELECT 'constraint', c.conname, pg_get_constraintdef(c.oid), c.convalidated::text,
             c.condeferrable::text, c.condeferred::text, c.conrelid::regclass::text,
             coalesce(obj_description(c.oid, 'pg_constraint'), ''), ''
      FROM t JOIN pg_constraint c ON t.oid IN (c.conrelid, c.confrelid)
      UNION ALL
      SELECT 'index', i.relname, pg_get_indexdef(i.oid), x.indisvalid::text, x.indisunique::text,
             x.indisprimary::text, x.indisreplident::text,
             coalesce(obj_description(i.oid, 'pg_class'), ''),
             concat_ws(' ', i.reloptions, x.indisclustered,
                       (SELECT string_agg(k.attnum || '=' || k.attstattarget, ',' ORDER BY k.attnum)
                        FROM pg_attribute k
                        WHERE k.attrelid = i.oid AND k.attstattarget >= 0))
      FROM t JOIN pg_index x ON x.indrelid = t.oid JOIN pg_class i ON i.oid = x.indexrelid
      UNION ALL
      SELECT 'trigger', g.tgname, pg_get_triggerdef(g.oid), g.tgenabled::text,
             coalesce(obj_description(g.oid, 'pg_trigger'), ''), '', '', '', ''
      FROM r JOIN pg_trigger g ON g.tgrelid = r.oid WHERE NOT g.tgisinternal
      UNION ALL
      SELECT 'rule', u.rulename, pg_get_ruledef(u.oid), u.ev_enabled::text,
             coalesce(obj_description(u.oid, 'pg_rewrite'), ''), '', '', '', ''
      FROM r JOIN pg_rewrite u ON u.ev_class = r.oid WHERE u.rulename <> '_RETURN'
      UNION ALL
      SELECT 'policy', p.polname, p.polcmd::text, p.polpermissive::text, p.polroles::regrole[]::text,
             coalesce(pg_get_expr(p.polqual, p.polrelid), ''),
             coalesce(pg_get_expr(p.polwithcheck, p.polrelid), ''),
             coalesce(obj_description(p.oid, 'pg_policy'), ''), p.polrelid::regclass::text
      FROM pg_policy p
      WHERE p.polrelid IN (SELECT oid FROM r) OR EXISTS (
        SELECT FROM t JOIN pg_depend d ON d.refobjid = t.oid
        WHERE d.classid = 'pg_policy'::regclass AND d.objid = p.oid)
      UNION ALL
      SELECT 'view', v.oid::regclass::text, pg_get_viewdef(v.oid), v.relowner::regrole::text,
             coalesce(v.relacl::text, ''), coalesce(v.reloptions::text, ''),
             coalesce(obj_description(v.oid, 'pg_class'), ''), '', ''
      FROM r JOIN pg_class v ON v.oid = r.oid WHERE v.relkind = 'v'
      UNION ALL
      SELECT 'view column', v.oid::regclass::text, a.attnum::text, a.attname,
             format_type(a.atttypid, a.atttypmod), coalesce(a.attacl::text, ''),
             coalesce(col_description(v.oid, a.attnum), ''),
             coalesce(pg_get_expr(d.adbin, d.adrelid), ''), ''
      FROM r JOIN pg_class v ON v.oid = r.oid JOIN pg_attribute a ON a.attrelid = v.oid
      LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
      WHERE v.relkind = 'v' AND a.attnum > 0
      UNION ALL
      SELECT 'parsed function', p.oid::regprocedure::text, pg_get_functiondef(p.oid),
             p.proowner::regrole::text, coalesce(p.proacl::text, ''),
             coalesce(obj_description(p.oid, 'pg_proc'), ''), '', '', ''
      FROM t JOIN pg_depend d ON d.refobjid = t.oid AND d.classid = 'pg_proc'::regclass
      JOIN pg_proc p ON p.oid = d.objid WHERE p.prosqlbody IS NOT NULL
      GROUP BY p.oid
      UNION ALL
      SELECT 'sequence', s.relname, q.seqtypid::regtype::text, q.seqstart::text, q.seqincrement::text,
             q.seqmax::text, q.seqcache::text, q.seqcycle::text,
             concat_ws(' ', (SELECT attname FROM pg_attribute
                             WHERE attrelid = t.oid AND attnum = p.refobjsubid),
                       s.relacl, obj_description(s.oid, 'pg_class'))
      FROM t JOIN pg_depend p ON p.refclassid = 'pg_class'::regclass AND p.refobjid = t.oid
        AND p.classid = 'pg_class'::regclass AND p.deptype IN ('a', 'i')
      JOIN pg_class s ON s.oid = p.objid AND s.relkind = 'S'
      JOIN pg_sequence q ON q.seqrelid = s.oid
      UNION ALL
      SELECT 'function', p.proname, '', '', '', '', '', '', ''
      FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = 'gatefold'
      UNION ALL
      SELECT 'statistics', s.stxname, ARRAY(SELECT a.attname FROM pg_attribute a
                                            WHERE a.attrelid = t.oid AND a.attnum = ANY (s.stxkeys)
                                            ORDER BY a.attname)::text,
             coalesce(pg_get_statisticsobjdef_expressions(s.oid)::text, ''), s.stxkind::text,
             coalesce(s.stxstattarget, -1)::text, s.stxowner::regrole::text,
             coalesce(obj_description(s.oid, 'pg_statistic_ext'), ''),
             s.stxnamespace::regnamespace || '.'
      FROM t JOIN pg_statistic_ext s ON s.stxrelid = t.oid
      UNION ALL
      SELECT 'publication', p.pubname, coalesce(to_jsonb(v) ->> 'rowfilter', ''),
             coalesce((SELECT string_agg(a.attname, ',' ORDER BY a.attname)
                       FROM pg_attribute a
                       WHERE a.attrelid = t.oid AND to_jsonb(r) -> 'prattrs' @> to_jsonb(a.attnum)),
                      'all'), '', '', '', '', ''
      FROM t JOIN pg_publication_rel r ON r.prrelid = t.oid
      JOIN pg_publication p ON p.oid = r.prpubid
      JOIN pg_class c ON c.oid = t.oid JOIN pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_publication_tables v
        ON v.pubname = p.pubname AND v.schemaname = n.nspname AND v.tablename = c.relname
      UNION ALL
      SELECT 'table', relname, ARRAY(SELECT unnest(relacl)::text ORDER BY 1)::text, relreplident::text,
             coalesce(reloptions::text, ''), '', '', '', ''
      FROM t JOIN pg_class c ON c.oid = t.oid
      ORDER BY 1, 2, 3, 4, 5, 6, 7, 8, 9""";

  private CatalogPicture() {}

  static List<String> of(TestDatabase database, String table) throws SQLException {
    return database.queryLines(query(table));
  }

  /** What to ask where the table is in no database of ours. */
  public static String query(String table) {
    return QUERY.formatted(table.replace("'", "''"));
  }
}
