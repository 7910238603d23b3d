package dev.gatefold.planner.catalog;

import java.util.List;
import java.util.stream.Stream;

/**
 * The queries behind {@link TableImage}, one for each kind of thing that belongs to a table. Each
 * takes the table's OID once and answers with lines that hold no OID, no column number and no size.
 * Where versions differ in their catalogs, a row is asked by way of JSON for what it may have.
 */
final class ImageQueries {

  private static final String TABLE =
      """
      SELECT 'table ' || jsonb_strip_nulls(jsonb_build_object(
               'name', format('%I.%I', n.nspname, c.relname),
               'kind', c.relkind,
               'owner', pg_get_userbyid(c.relowner),
               'persistence', c.relpersistence,
               'grants', nullif(ARRAY(SELECT unnest(c.relacl)::text ORDER BY 1), '{}'),
               'options', nullif(ARRAY(SELECT unnest(c.reloptions) ORDER BY 1), '{}'),
               'toast_options', nullif(ARRAY(SELECT unnest(o.reloptions) ORDER BY 1), '{}'),
               'row_security', c.relrowsecurity,
               'force_row_security', c.relforcerowsecurity,
               'replica_identity', c.relreplident,
               'tablespace', s.spcname,
               'access_method', m.amname,
               'of_type', nullif(c.reloftype, 0)::regtype::text,
               'partition_key', pg_get_partkeydef(c.oid),
               'partition_bound', pg_get_expr(c.relpartbound, c.oid),
               'parents', nullif(ARRAY(SELECT i.inhparent::regclass::text FROM pg_inherits i
                                       WHERE i.inhrelid = c.oid ORDER BY i.inhseqno), '{}'),
               'children', nullif(ARRAY(SELECT i.inhrelid::regclass::text FROM pg_inherits i
                                        WHERE i.inhparent = c.oid ORDER BY 1), '{}'),
               'comment', obj_description(c.oid, 'pg_class')))::text
      FROM pg_class c
      JOIN pg_namespace n ON n.oid = c.relnamespace
      LEFT JOIN pg_class o ON o.oid = c.reltoastrelid
      LEFT JOIN pg_tablespace s ON s.oid = c.reltablespace
      LEFT JOIN pg_am m ON m.oid = c.relam
      WHERE c.oid = ?::oid
      """;

  private static final String COLUMNS =
      """
      SELECT 'column ' || quote_ident(a.attname) || ' ' || jsonb_strip_nulls(jsonb_build_object(
               'type', format_type(a.atttypid, a.atttypmod),
               'collation', CASE WHEN a.attcollation NOT IN (0, t.typcollation)
                                 THEN a.attcollation::regcollation::text END,
               'not_null', a.attnotnull,
               'default', pg_get_expr(d.adbin, d.adrelid),
               'generated', nullif(a.attgenerated, ''),
               'identity', nullif(a.attidentity, ''),
               'grants', nullif(ARRAY(SELECT format('%s=%s%s/%s', g.grantee::regrole, g.privilege_type,
                                                    CASE WHEN g.is_grantable THEN '*' END,
                                                    g.grantor::regrole)
                                      FROM (/* own rights */) g ORDER BY 1), '{}'),
               'statistics', CASE WHEN a.attstattarget >= 0 THEN a.attstattarget END,
               'options', nullif(ARRAY(SELECT unnest(a.attoptions) ORDER BY 1), '{}'),
               'storage', a.attstorage,
               'compression', nullif(a.attcompression, ''),
               'inherited', a.attinhcount,
               'labels', nullif(ARRAY(SELECT l.provider || ' ' || l.label FROM pg_seclabel l
                                      WHERE l.classoid = 'pg_class'::regclass
                                        AND l.objoid = a.attrelid AND l.objsubid = a.attnum
                                      ORDER BY 1), '{}'),
               'comment', /* own comment */))::text
      FROM pg_attribute a
      JOIN pg_type t ON t.oid = a.atttypid
      LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
      WHERE a.attrelid = ?::oid AND a.attnum > 0 AND NOT a.attisdropped
      """;

  private static final String SEQUENCES =
      """
      SELECT 'sequence ' || s.oid::regclass || ' ' || jsonb_strip_nulls(jsonb_build_object(
               'column', a.attname,
               'identity', d.deptype = 'i',
               'type', q.seqtypid::regtype::text,
               'start', q.seqstart,
               'increment', q.seqincrement,
               'min', q.seqmin,
               'max', q.seqmax,
               'cache', q.seqcache,
               'cycle', q.seqcycle,
               'owner', pg_get_userbyid(s.relowner),
               'grants', nullif(ARRAY(SELECT unnest(s.relacl)::text ORDER BY 1), '{}'),
               'comment', obj_description(s.oid, 'pg_class')))::text
      FROM pg_depend d
      JOIN pg_class s ON s.oid = d.objid AND s.relkind = 'S'
      JOIN pg_sequence q ON q.seqrelid = s.oid
      JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
      WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass
        AND d.refobjid = ?::oid AND d.deptype IN ('a', 'i')
      """;

  private static final String INDEXES =
      """
      SELECT 'index ' || quote_ident(x.relname) || ' ' || jsonb_strip_nulls(jsonb_build_object(
               'definition', pg_get_indexdef(x.oid),
               'valid', i.indisvalid,
               'primary', i.indisprimary,
               'immediate', i.indimmediate,
               'cluster', i.indisclustered,
               'replica_identity', i.indisreplident,
               'tablespace', s.spcname,
               'statistics', nullif(ARRAY(SELECT a.attnum || '=' || a.attstattarget
                                          FROM pg_attribute a
                                          WHERE a.attrelid = x.oid AND a.attstattarget >= 0
                                          ORDER BY a.attnum), '{}'),
               'attached_to', (SELECT h.inhparent::regclass::text FROM pg_inherits h
                               WHERE h.inhrelid = x.oid),
               'comment', obj_description(x.oid, 'pg_class')))::text
      FROM pg_index i
      JOIN pg_class x ON x.oid = i.indexrelid
      LEFT JOIN pg_tablespace s ON s.oid = x.reltablespace
      WHERE i.indrelid = ?::oid
      """;

  private static final String CONSTRAINTS =
      """
      SELECT CASE WHEN c.conrelid = q.oid THEN 'constraint '
                  ELSE 'foreign key of ' || c.conrelid::regclass || ' ' END
             || quote_ident(c.conname) || ' ' || jsonb_strip_nulls(jsonb_build_object(
               'definition', pg_get_constraintdef(c.oid),
               'validated', c.convalidated,
               'deferrable', c.condeferrable,
               'deferred', c.condeferred,
               'index', nullif(c.conindid, 0)::regclass::text,
               'comment', obj_description(c.oid, 'pg_constraint')))::text
      FROM (SELECT ?::oid AS oid) AS q
      JOIN pg_constraint c ON c.conrelid = q.oid OR c.confrelid = q.oid AND c.contype = 'f'
      """;

  private static final String TRIGGERS =
      """
      SELECT 'trigger ' || quote_ident(t.tgname) || ' ' || jsonb_strip_nulls(jsonb_build_object(
               'definition', pg_get_triggerdef(t.oid),
               'enabled', t.tgenabled,
               'comment', obj_description(t.oid, 'pg_trigger')))::text
      FROM pg_trigger t
      WHERE t.tgrelid = ?::oid AND NOT t.tgisinternal
      """;

  private static final String POLICIES =
      """
      SELECT 'policy ' || quote_ident(p.polname) || ' ' || jsonb_strip_nulls(jsonb_build_object(
               'command', p.polcmd,
               'permissive', p.polpermissive,
               'roles', ARRAY(SELECT CASE r WHEN 0 THEN 'PUBLIC'
                                            ELSE quote_ident(pg_get_userbyid(r)) END
                              FROM unnest(p.polroles) AS r ORDER BY 1),
               'using', pg_get_expr(p.polqual, p.polrelid),
               'check', pg_get_expr(p.polwithcheck, p.polrelid),
               'comment', obj_description(p.oid, 'pg_policy')))::text
      FROM pg_policy p
      WHERE p.polrelid = ?::oid
      """;

  private static final String RULES =
      """
      SELECT 'rule ' || quote_ident(r.rulename) || ' ' || jsonb_strip_nulls(jsonb_build_object(
               'definition', pg_get_ruledef(r.oid),
               'enabled', r.ev_enabled,
               'comment', obj_description(r.oid, 'pg_rewrite')))::text
      FROM pg_rewrite r
      WHERE r.ev_class = ?::oid AND r.rulename <> '_RETURN'
      """;

  private static final String VIEWS =
      """
      SELECT 'view ' || v.oid::regclass || ' ' || jsonb_strip_nulls(jsonb_build_object(
               'kind', v.relkind,
               'definition', pg_get_viewdef(v.oid),
               'columns', ARRAY(SELECT concat_ws(' ', quote_ident(a.attname),
                                                 format_type(a.atttypid, a.atttypmod),
                                                 pg_get_expr(e.adbin, e.adrelid),
                                                 col_description(v.oid, a.attnum))
                                FROM pg_attribute a
                                LEFT JOIN pg_attrdef e
                                  ON e.adrelid = a.attrelid AND e.adnum = a.attnum
                                WHERE a.attrelid = v.oid AND a.attnum > 0
                                ORDER BY a.attnum),
               'owner', pg_get_userbyid(v.relowner),
               'grants', nullif(ARRAY(SELECT unnest(v.relacl)::text ORDER BY 1), '{}'),
               'options', nullif(ARRAY(SELECT unnest(v.reloptions) ORDER BY 1), '{}'),
               'comment', obj_description(v.oid, 'pg_class')))::text
      FROM pg_class v
      WHERE v.relkind IN ('v', 'm')
        AND v.oid IN (SELECT r.ev_class
                      FROM pg_depend d
                      JOIN pg_rewrite r ON r.oid = d.objid
                      WHERE d.classid = 'pg_rewrite'::regclass
                        AND d.refclassid = 'pg_class'::regclass AND d.refobjid = ?::oid)
      """;

  private static final String STATISTICS =
      """
      SELECT 'statistics ' || quote_ident(s.stxname) || ' '
             || jsonb_strip_nulls(jsonb_build_object(
               'definition', pg_get_statisticsobjdef(s.oid),
               'target', CASE WHEN s.stxstattarget >= 0 THEN s.stxstattarget END,
               'owner', pg_get_userbyid(s.stxowner),
               'comment', obj_description(s.oid, 'pg_statistic_ext')))::text
      FROM pg_statistic_ext s
      WHERE s.stxrelid = ?::oid
      """;

  private static final String PUBLICATIONS =
      """
      SELECT 'publication ' || quote_ident(p.pubname) || ' '
             || jsonb_strip_nulls(jsonb_build_object(
               'filter', to_jsonb(p) ->> 'rowfilter',
               'columns', (
                 SELECT array_agg(a.attname ORDER BY a.attname)
                 FROM pg_publication u
                 JOIN pg_publication_rel r ON r.prpubid = u.oid AND r.prrelid = c.oid
                 JOIN pg_attribute a ON a.attrelid = c.oid
                  AND (to_jsonb(r) -> 'prattrs') @> to_jsonb(a.attnum)
                 WHERE u.pubname = p.pubname)))::text
      FROM pg_class c
      JOIN pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_publication_tables p ON p.schemaname = n.nspname AND p.tablename = c.relname
      WHERE c.oid = ?::oid
      """;

  private static final String PARTITIONS =
      """
      SELECT 'partition ' || t.relid::text
      FROM pg_partition_tree(?::oid::regclass) t
      WHERE t.level > 0
      """;

  private static final List<String> OTHERS =
      List.of(
          TABLE,
          SEQUENCES,
          INDEXES,
          CONSTRAINTS,
          TRIGGERS,
          POLICIES,
          RULES,
          VIEWS,
          STATISTICS,
          PUBLICATIONS,
          PARTITIONS);

  private ImageQueries() {}

  /**
   * All of them.
   *
   * @param notes whether Gatefold's own tables say which rights and comments are its own
   */
  static List<String> all(boolean notes) {
    return Stream.concat(
            Stream.of(
                COLUMNS
                    .replace("/* own rights */", notes ? OwnNotes.RIGHTS : OwnNotes.ALL_RIGHTS)
                    .replace("/* own comment */", notes ? OwnNotes.COMMENT : OwnNotes.ANY_COMMENT)),
            OTHERS.stream())
        .toList();
  }
}
