package dev.gatefold.planner.snapshot;

import java.util.List;

/** Tables, sequences and views; rows as in {@link GlobalQueries}. */
final class RelationQueries {

  // A default that needs nothing but the server stands in the table; any other one comes after it,
  // since a function may need the table in its turn. A partition has the identity of its parent.
  // A dropped column leaves its number behind, which names of ours contain.
  private static final String COLUMNS =
      """
      SELECT string_agg(
               CASE WHEN a.attisdropped THEN E'\\n  gatefold_dropped_' || a.attnum || ' integer' ELSE
               concat_ws(' ', E'\\n  ' || quote_ident(a.attname), format_type(a.atttypid, a.atttypmod),
                 CASE WHEN a.attcollation NOT IN (0, t.typcollation)
                      THEN 'COLLATE ' || a.attcollation::regcollation END,
                 CASE a.attgenerated
                   WHEN '' THEN
                     CASE WHEN NOT EXISTS (
                            SELECT FROM pg_depend e
                            WHERE e.classid = 'pg_attrdef'::regclass AND e.objid = d.oid
                              AND (e.refclassid <> 'pg_class'::regclass
                                   OR e.refobjid <> d.adrelid))
                          THEN 'DEFAULT ' || pg_get_expr(d.adbin, d.adrelid) END
                   ELSE format('GENERATED ALWAYS AS (%s) %s', pg_get_expr(d.adbin, d.adrelid),
                               CASE a.attgenerated WHEN 'v' THEN 'VIRTUAL' ELSE 'STORED' END) END,
                 CASE WHEN a.attidentity <> '' THEN
                   (SELECT format('GENERATED %s AS IDENTITY (SEQUENCE NAME %s)',
                                  CASE a.attidentity WHEN 'a' THEN 'ALWAYS' ELSE 'BY DEFAULT' END,
                                  i.objid::regclass)
                    FROM pg_depend i
                    WHERE i.refclassid = 'pg_class'::regclass AND i.refobjid = a.attrelid
                      AND i.refobjsubid = a.attnum AND i.classid = 'pg_class'::regclass
                      AND i.objsubid = 0 AND i.deptype = 'i') END,
                 CASE WHEN a.attnotnull AND k.convalidated IS DISTINCT FROM false THEN
                   concat('CONSTRAINT ' || nullif(quote_ident(k.conname),
                                                  quote_ident(concat(c.relname, '_', a.attname,
                                                                     '_not_null'))) || ' ',
                          'NOT NULL', CASE WHEN k.connoinherit THEN ' NO INHERIT' END) END) END,
               ',' ORDER BY a.attnum) AS list,
             'ALTER TABLE ONLY ' || c.oid::regclass
             || string_agg(' DROP COLUMN gatefold_dropped_' || a.attnum, ',' ORDER BY a.attnum)
                FILTER (WHERE a.attisdropped) AS drops
      FROM pg_attribute a
      LEFT JOIN pg_type t ON t.oid = a.atttypid
      LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
      LEFT JOIN pg_constraint k
        ON k.conrelid = a.attrelid AND k.contype = 'n' AND k.conkey = ARRAY[a.attnum]
      WHERE a.attrelid = c.oid AND a.attnum > 0\
      """;

  /** Statements about storage and statistics of the columns of {@code c}. */
  private static final String COLUMN_SETTINGS =
      """
      SELECT a.attnum, s.place,
             format('ALTER %s %s ALTER COLUMN %I ',
                    CASE c.relkind WHEN 'm' THEN 'MATERIALIZED VIEW' ELSE 'TABLE ONLY' END,
                    c.oid::regclass, a.attname) || s.setting AS statement
      FROM pg_attribute a
      JOIN pg_type t ON t.oid = a.atttypid
      CROSS JOIN LATERAL (VALUES
        (1, 'SET STORAGE ' || CASE WHEN a.attstorage <> t.typstorage
                                   THEN CASE a.attstorage WHEN 'p' THEN 'PLAIN'
                                                          WHEN 'e' THEN 'EXTERNAL'
                                                          WHEN 'm' THEN 'MAIN'
                                                          ELSE 'EXTENDED' END END),
        (2, 'SET COMPRESSION ' || CASE a.attcompression WHEN 'p' THEN 'pglz' WHEN 'l' THEN 'lz4' END),
        (3, 'SET STATISTICS ' || CASE WHEN a.attstattarget >= 0 THEN a.attstattarget END),
        (4, format('SET (%s)', nullif({options a.attoptions ''}, '')))) AS s (place, setting)
      WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        AND s.setting IS NOT NULL AND s.setting <> 'SET ()'\
      """;

  private static final String TABLES =
      """
      SELECT 'pg_class'::regclass, c.oid,
             CASE c.relkind WHEN 'f' THEN 'foreign table' ELSE 'table' END,
             c.oid::regclass::text, NULL::oid,
             CASE c.relkind WHEN 'f' THEN 'FOREIGN TABLE ' ELSE 'TABLE ' END || c.oid::regclass,
             c.relowner,
             concat('CREATE ', CASE WHEN c.relkind = 'f' THEN 'FOREIGN '
                                    WHEN c.relpersistence = 'u' THEN 'UNLOGGED ' END,
                    'TABLE ', c.oid::regclass, ' (', l.list || E'\\n', ')',
                    ' PARTITION BY ' || pg_get_partkeydef(c.oid),
                    ' SERVER ' || (SELECT quote_ident(s.srvname)
                                   FROM pg_foreign_table f
                                   JOIN pg_foreign_server s ON s.oid = f.ftserver
                                   WHERE f.ftrelid = c.oid),
                    ' USING ' || (SELECT quote_ident(m.amname) FROM pg_am m
                                  WHERE m.oid = c.relam AND m.amname <> 'heap'),
                    ' WITH (' || nullif(concat_ws(', ', {options c.reloptions ''},
                                                  {options o.reloptions 'toast.'}), '') || ')'),
             array_remove(ARRAY[
               l.drops,
               'ALTER TABLE ' || c.oid::regclass || ' OF ' || nullif(c.reloftype, 0)::regtype,
               CASE WHEN c.relrowsecurity
                    THEN format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', c.oid::regclass) END,
               CASE WHEN c.relforcerowsecurity
                    THEN format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', c.oid::regclass) END,
               format('ALTER TABLE ONLY %s REPLICA IDENTITY ', c.oid::regclass)
               || CASE WHEN c.relkind = 'f' THEN NULL
                       WHEN c.relreplident = 'f' THEN 'FULL'
                       WHEN c.relreplident = 'n' THEN 'NOTHING' END], NULL)
             || ARRAY(SELECT x.statement FROM (/* column settings */) x ORDER BY x.attnum, x.place)
      FROM pg_class c
      LEFT JOIN pg_class o ON o.oid = c.reltoastrelid
      CROSS JOIN LATERAL (/* columns */) AS l
      WHERE c.relkind IN ('r', 'p', 'f') AND c.relpersistence <> 't'
        AND {ours c.relnamespace} AND {own pg_class c.oid}
      """;

  // That of an identity comes with its column and only gets its settings.
  private static final String SEQUENCES =
      """
      SELECT 'pg_class'::regclass, c.oid, 'sequence', c.oid::regclass::text, d.refobjid,
             'SEQUENCE ' || c.oid::regclass, CASE WHEN d.deptype IS DISTINCT FROM 'i' THEN c.relowner END,
             concat(CASE WHEN d.deptype = 'i' THEN 'ALTER '
                         WHEN c.relpersistence = 'u' THEN 'CREATE UNLOGGED ' ELSE 'CREATE ' END,
                    'SEQUENCE ', c.oid::regclass, ' AS ', s.seqtypid::regtype,
                    ' START WITH ', s.seqstart, ' INCREMENT BY ', s.seqincrement,
                    ' MINVALUE ', s.seqmin, ' MAXVALUE ', s.seqmax, ' CACHE ', s.seqcache,
                    CASE WHEN s.seqcycle THEN ' CYCLE' ELSE ' NO CYCLE' END,
                    CASE WHEN d.deptype = 'i' THEN ' RESTART' END),
             CASE WHEN d.deptype = 'a'
                  THEN ARRAY[format('ALTER SEQUENCE %s OWNED BY %s.%I', c.oid::regclass,
                                    d.refobjid::regclass, a.attname)]
                  ELSE '{}' END
      FROM pg_class c
      JOIN pg_sequence s ON s.seqrelid = c.oid
      LEFT JOIN pg_depend d
        ON d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.refobjsubid > 0
       AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')
      LEFT JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
      WHERE c.relpersistence <> 't' AND {ours c.relnamespace} AND {own pg_class c.oid}
      """;

  // A default of a view's column stays with the view.
  private static final String VIEWS =
      """
      SELECT 'pg_class'::regclass, c.oid, k.kind, c.oid::regclass::text, NULL::oid,
             upper(k.kind) || ' ' || c.oid::regclass, c.relowner,
             concat('CREATE ', upper(k.kind), ' ', c.oid::regclass,
                    ' USING ' || (SELECT quote_ident(m.amname) FROM pg_am m
                                  WHERE m.oid = c.relam AND m.amname <> 'heap'),
                    ' WITH (' || {options c.reloptions ''} || ')', E' AS\\n',
                    rtrim(pg_get_viewdef(c.oid), ';'),
                    CASE c.relkind WHEN 'm' THEN E'\\nWITH NO DATA' END),
             ARRAY(SELECT format('ALTER VIEW %s ALTER COLUMN %I SET DEFAULT %s', c.oid::regclass,
                                 a.attname, pg_get_expr(d.adbin, d.adrelid))
                   FROM pg_attrdef d
                   JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum
                   WHERE d.adrelid = c.oid ORDER BY a.attnum)
             || CASE WHEN c.relkind = 'm' THEN
                  ARRAY(SELECT x.statement FROM (/* column settings */) x ORDER BY x.attnum, x.place)
                ELSE '{}' END
      FROM pg_class c
      CROSS JOIN LATERAL (
        SELECT CASE c.relkind WHEN 'm' THEN 'materialized view' ELSE 'view' END AS kind) AS k
      WHERE c.relkind IN ('v', 'm') AND c.relpersistence <> 't'
        AND {ours c.relnamespace} AND {own pg_class c.oid}
      """;

  private RelationQueries() {}

  static List<String> all() {
    return List.of(
        TABLES.replace("/* column settings */", COLUMN_SETTINGS).replace("/* columns */", COLUMNS),
        SEQUENCES,
        VIEWS.replace("/* column settings */", COLUMN_SETTINGS));
  }
}
