package dev.gatefold.planner.snapshot;

import java.util.List;

/** What belongs to one relation; rows as in {@link GlobalQueries}. */
final class PartQueries {

  private static final String DEFAULTS =
      """
      SELECT 'pg_attrdef'::regclass, d.oid, 'default', format('%I of %s', a.attname, c.oid::regclass),
             c.oid, NULL, NULL::oid,
             format('ALTER TABLE ONLY %s ALTER COLUMN %I SET DEFAULT %s', c.oid::regclass, a.attname,
                    pg_get_expr(d.adbin, d.adrelid)), '{}'::text[]
      FROM pg_attrdef d
      JOIN pg_class c ON c.oid = d.adrelid AND c.relkind IN ('r', 'p', 'f')
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = d.adnum AND a.attgenerated = ''
      WHERE c.relpersistence <> 't' AND {ours c.relnamespace} AND {own pg_class c.oid}
        AND EXISTS (SELECT FROM pg_depend e
                    WHERE e.classid = 'pg_attrdef'::regclass AND e.objid = d.oid
                      AND (e.refclassid <> 'pg_class'::regclass OR e.refobjid <> d.adrelid))
      """;

  /** Statements about an index {@code x}, {@code i} of a table. */
  private static final String INDEX_SETTINGS =
      """
      array_remove(ARRAY[
               format('ALTER INDEX %s SET (', x.oid::regclass)
               || CASE WHEN k.oid IS NOT NULL THEN {options x.reloptions ''} END || ')',
               CASE WHEN i.indisreplident
                    THEN format('ALTER TABLE ONLY %s REPLICA IDENTITY USING INDEX %I',
                                i.indrelid::regclass, x.relname) END,
               CASE WHEN i.indisclustered
                    THEN format('ALTER TABLE ONLY %s CLUSTER ON %I', i.indrelid::regclass, x.relname)
               END,
               CASE WHEN k.oid IS NOT NULL
                    THEN format('COMMENT ON INDEX %s IS ', x.oid::regclass)
                         || quote_literal(obj_description(x.oid, 'pg_class')) END,
               CASE WHEN NOT i.indisvalid AND x.relkind = 'i'
                    THEN format('UPDATE pg_catalog.pg_index SET indisvalid = false WHERE indexrelid = %L::regclass',
                                x.oid::regclass) END], NULL)
             || ARRAY(SELECT format('ALTER INDEX %s ALTER COLUMN %s SET STATISTICS %s',
                                    x.oid::regclass, a.attnum, a.attstattarget)
                      FROM pg_attribute a
                      WHERE a.attrelid = x.oid AND a.attstattarget >= 0
                      ORDER BY a.attnum)""";

  // Those over partitions of the table that is referred to come with the one over all of it. So
  // does a NOT NULL with its column, unless it has not been validated.
  private static final String CONSTRAINTS =
      """
      SELECT 'pg_constraint'::regclass, k.oid,
             CASE k.contype WHEN 'f' THEN 'foreign key' ELSE 'constraint' END,
             format('%I on %s', k.conname, c.oid::regclass), c.oid,
             format('CONSTRAINT %I ON %s', k.conname, c.oid::regclass), NULL::oid,
             format('ALTER TABLE %s ADD CONSTRAINT %I %s', c.oid::regclass, k.conname,
                    pg_get_constraintdef(k.oid)),
             CASE WHEN x.oid IS NOT NULL AND k.contype <> 'f' THEN /* index settings */
                  ELSE '{}' END
      FROM pg_constraint k
      JOIN pg_class c ON c.oid = k.conrelid
      LEFT JOIN pg_index i ON i.indexrelid = k.conindid
      LEFT JOIN pg_class x ON x.oid = i.indexrelid
      LEFT JOIN pg_constraint p ON p.oid = k.conparentid
      WHERE (k.contype IN ('c', 'p', 'u', 'x', 'f') OR k.contype = 'n' AND NOT k.convalidated)
        AND NOT (k.contype = 'f' AND p.conrelid IS NOT DISTINCT FROM k.conrelid)
        AND c.relpersistence <> 't' AND {ours c.relnamespace} AND {own pg_class c.oid}
      """;

  private static final String INDEXES =
      """
      SELECT 'pg_class'::regclass, x.oid, 'index', x.oid::regclass::text, c.oid,
             'INDEX ' || x.oid::regclass, NULL::oid, pg_get_indexdef(x.oid), /* index settings */
      FROM pg_index i
      JOIN pg_class x ON x.oid = i.indexrelid
      JOIN pg_class c ON c.oid = i.indrelid
      LEFT JOIN pg_constraint k ON k.conindid = x.oid AND k.contype IN ('p', 'u', 'x')
      WHERE k.oid IS NULL AND c.relkind IN ('r', 'p', 'm') AND c.relpersistence <> 't'
        AND {ours c.relnamespace} AND {own pg_class c.oid}
      """;

  private static final String STATISTICS =
      """
      SELECT 'pg_statistic_ext'::regclass, s.oid, 'statistics', format('%I.%I', n.nspname, s.stxname),
             s.stxrelid, format('STATISTICS %I.%I', n.nspname, s.stxname), s.stxowner,
             pg_get_statisticsobjdef(s.oid),
             CASE WHEN s.stxstattarget >= 0
                  THEN ARRAY[format('ALTER STATISTICS %I.%I SET STATISTICS %s', n.nspname, s.stxname,
                                    s.stxstattarget)]
                  ELSE '{}' END
      FROM pg_statistic_ext s
      JOIN pg_namespace n ON n.oid = s.stxnamespace
      WHERE {ours n.oid} AND {own pg_statistic_ext s.oid}
      """;

  private static final String RULES =
      """
      SELECT 'pg_rewrite'::regclass, r.oid, 'rule', format('%I on %s', r.rulename, c.oid::regclass),
             c.oid, format('RULE %I ON %s', r.rulename, c.oid::regclass), NULL::oid,
             rtrim(pg_get_ruledef(r.oid), ';'),
             array_remove(ARRAY[format('ALTER TABLE %s ', c.oid::regclass)
                                || CASE r.ev_enabled WHEN 'D' THEN 'DISABLE' WHEN 'R' THEN 'ENABLE REPLICA'
                                                     WHEN 'A' THEN 'ENABLE ALWAYS' END
                                || format(' RULE %I', r.rulename)], NULL)
      FROM pg_rewrite r
      JOIN pg_class c ON c.oid = r.ev_class
      WHERE r.rulename <> '_RETURN' AND c.relpersistence <> 't'
        AND {ours c.relnamespace} AND {own pg_class c.oid} AND {own pg_rewrite r.oid}
      """;

  // Partitions get theirs from the parent.
  private static final String TRIGGERS =
      """
      SELECT 'pg_trigger'::regclass, t.oid, 'trigger', format('%I on %s', t.tgname, c.oid::regclass),
             c.oid, format('TRIGGER %I ON %s', t.tgname, c.oid::regclass), NULL::oid,
             pg_get_triggerdef(t.oid),
             array_remove(ARRAY[format('ALTER TABLE %s ', c.oid::regclass)
                                || CASE t.tgenabled WHEN 'D' THEN 'DISABLE' WHEN 'R' THEN 'ENABLE REPLICA'
                                                    WHEN 'A' THEN 'ENABLE ALWAYS' END
                                || format(' TRIGGER %I', t.tgname)], NULL)
      FROM pg_trigger t
      JOIN pg_class c ON c.oid = t.tgrelid
      WHERE NOT t.tgisinternal AND t.tgparentid = 0 AND NOT starts_with(t.tgname, '~gatefold_')
        AND c.relpersistence <> 't' AND {ours c.relnamespace} AND {own pg_class c.oid}
        AND {own pg_trigger t.oid}
      """;

  private static final String POLICIES =
      """
      SELECT 'pg_policy'::regclass, p.oid, 'policy', format('%I on %s', p.polname, c.oid::regclass),
             c.oid, format('POLICY %I ON %s', p.polname, c.oid::regclass), NULL::oid,
             concat(format('CREATE POLICY %I ON %s', p.polname, c.oid::regclass),
                    CASE WHEN NOT p.polpermissive THEN ' AS RESTRICTIVE' END,
                    ' FOR ', CASE p.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT'
                                           WHEN 'w' THEN 'UPDATE' WHEN 'd' THEN 'DELETE'
                                           ELSE 'ALL' END,
                    ' TO ', (SELECT string_agg(CASE r WHEN 0 THEN 'PUBLIC'
                                                      ELSE quote_ident(pg_get_userbyid(r)) END,
                                               ', ' ORDER BY pg_get_userbyid(r))
                             FROM unnest(p.polroles) AS r),
                    E'\\n  USING (' || pg_get_expr(p.polqual, p.polrelid) || ')',
                    E'\\n  WITH CHECK (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')'),
             '{}'::text[]
      FROM pg_policy p
      JOIN pg_class c ON c.oid = p.polrelid
      WHERE {ours c.relnamespace} AND {own pg_class c.oid} AND {own pg_policy p.oid}
      """;

  private static final int FIRST_WITH_COLUMNS_AND_FILTERS = 15;

  private static final String COLUMNS_AND_FILTER =
      """
      , ' (' || (SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum)
                 FROM pg_attribute a
                 WHERE a.attrelid = c.oid AND a.attnum = ANY (r.prattrs)) || ')',
      ' WHERE (' || pg_get_expr(r.prqual, c.oid) || ')'""";

  private static final String PUBLISHED =
      """
      SELECT 'pg_publication_rel'::regclass, r.oid, 'published table',
             format('%s in %I', c.oid::regclass, p.pubname), c.oid, NULL, NULL::oid,
             concat(format('ALTER PUBLICATION %I ADD TABLE ONLY %s', p.pubname, c.oid::regclass)
                    /* columns and filter */),
             '{}'::text[]
      FROM pg_publication_rel r
      JOIN pg_publication p ON p.oid = r.prpubid
      JOIN pg_class c ON c.oid = r.prrelid
      WHERE {ours c.relnamespace} AND {own pg_class c.oid}
      """;

  // At the end, when both have their indexes and constraints: the server then joins those that are
  // alike and leaves them their names. Triggers of the parent are given to the partition.
  private static final String CHILDREN =
      """
      SELECT 'pg_inherits'::regclass, i.inhrelid,
             CASE WHEN c.relispartition THEN 'partition' ELSE 'heir' END,
             format('%s of %s', c.oid::regclass, i.inhparent::regclass), i.inhparent, NULL, NULL::oid,
             CASE WHEN c.relispartition
                  THEN format('ALTER TABLE %s ATTACH PARTITION %s %s', i.inhparent::regclass,
                              c.oid::regclass, pg_get_expr(c.relpartbound, c.oid))
                  ELSE format('ALTER TABLE %s INHERIT %s', c.oid::regclass, i.inhparent::regclass) END,
             ARRAY(SELECT format('ALTER TABLE %s %s TRIGGER %I', c.oid::regclass,
                                 CASE t.tgenabled WHEN 'O' THEN 'ENABLE' WHEN 'D' THEN 'DISABLE'
                                                  WHEN 'R' THEN 'ENABLE REPLICA'
                                                  ELSE 'ENABLE ALWAYS' END, t.tgname)
                   FROM pg_trigger t
                   JOIN pg_trigger p ON p.oid = t.tgparentid
                   WHERE t.tgrelid = c.oid AND NOT t.tgisinternal AND t.tgenabled <> p.tgenabled
                   ORDER BY t.tgname)
      FROM pg_inherits i
      JOIN pg_class c ON c.oid = i.inhrelid AND c.relkind IN ('r', 'p', 'f')
      WHERE c.relpersistence <> 't' AND {ours c.relnamespace} AND {own pg_class c.oid}
      ORDER BY i.inhrelid, i.inhseqno
      """;

  private PartQueries() {}

  static List<String> all(int version) {
    return List.of(
        DEFAULTS,
        CONSTRAINTS.replace("/* index settings */", INDEX_SETTINGS),
        INDEXES.replace("/* index settings */", INDEX_SETTINGS),
        STATISTICS,
        RULES,
        TRIGGERS,
        POLICIES,
        PUBLISHED.replace(
            "/* columns and filter */",
            version < FIRST_WITH_COLUMNS_AND_FILTERS ? "" : COLUMNS_AND_FILTER),
        CHILDREN);
  }
}
