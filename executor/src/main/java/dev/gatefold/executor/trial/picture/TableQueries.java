package dev.gatefold.executor.trial.picture;

import java.util.List;

/** The queries of a picture that are about tables, views and what belongs to them. */
final class TableQueries {

  private static final String RELATION =
      """
      SELECT 'relation ' || r.qname || ' ' || jsonb_strip_nulls(jsonb_build_object(
               'kind', r.relkind,
               'owner', pg_get_userbyid(r.relowner),
               'persistence', r.relpersistence,
               'grants', ARRAY(SELECT unnest(coalesce(r.relacl,
                   acldefault(CASE r.relkind WHEN 'S' THEN 's' ELSE 'r' END::"char", r.relowner)))::text
                   ORDER BY 1),
               'options', nullif(ARRAY(SELECT unnest(r.reloptions) ORDER BY 1), '{}'),
               'toast_options', nullif(ARRAY(SELECT unnest(t.reloptions) ORDER BY 1), '{}'),
               'row_security', r.relrowsecurity,
               'force_row_security', r.relforcerowsecurity,
               'replica_identity', r.relreplident,
               'tablespace', s.spcname,
               'access_method', m.amname,
               'of_type', nullif(r.reloftype, 0)::regtype::text,
               'populated', r.relispopulated,
               'partition_key', pg_get_partkeydef(r.oid),
               'partition_bound', pg_get_expr(r.relpartbound, r.oid),
               'parents', nullif(ARRAY(SELECT concat_ws(' ', i.inhparent::regclass,
                                                        to_jsonb(i) ->> 'inhdetachpending')
                                       FROM pg_inherits i
                                       WHERE i.inhrelid = r.oid ORDER BY i.inhseqno), '{}'),
               'view', CASE WHEN r.relkind IN ('v', 'm') THEN pg_get_viewdef(r.oid) END,
               'comment', obj_description(r.oid, 'pg_class')))::text
      FROM rel r
      LEFT JOIN pg_class t ON t.oid = r.reltoastrelid
      LEFT JOIN pg_tablespace s ON s.oid = r.reltablespace
      LEFT JOIN pg_am m ON m.oid = r.relam
      WHERE r.relkind NOT IN ('i', 'I', 't')
      """;

  /** A view's columns have an order that counts; a table's have none that anybody should see. */
  private static final String COLUMN =
      """
      SELECT 'column ' || r.qname || '.' || quote_ident(a.attname) || ' '
             || jsonb_strip_nulls(jsonb_build_object(
               'position', CASE WHEN r.relkind IN ('v', 'm', 'c') THEN a.attnum END,
               'type', format_type(a.atttypid, a.atttypmod),
               'collation', CASE WHEN a.attcollation NOT IN (0, t.typcollation)
                                 THEN a.attcollation::regcollation::text END,
               'not_null', a.attnotnull,
               'default', pg_get_expr(d.adbin, d.adrelid),
               'generated', nullif(a.attgenerated, ''),
               'identity', nullif(a.attidentity, ''),
               'grants', nullif(ARRAY(SELECT unnest(a.attacl)::text ORDER BY 1), '{}'),
               'statistics', CASE WHEN a.attstattarget >= 0 THEN a.attstattarget END,
               'options', nullif(ARRAY(SELECT unnest(a.attoptions) ORDER BY 1), '{}'),
               'storage', a.attstorage,
               'compression', nullif(a.attcompression, ''),
               'inherited', a.attinhcount,
               'local', a.attislocal,
               'comment', col_description(r.oid, a.attnum)))::text
      FROM rel r
      JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
      JOIN pg_type t ON t.oid = a.atttypid
      LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
      WHERE r.relkind NOT IN ('i', 'I', 't', 'S')
      """;

  private static final String CONSTRAINT =
      """
      SELECT 'constraint ' || coalesce(r.qname, format_type(c.contypid, NULL)) || '.'
             || quote_ident(c.conname) || ' ' || jsonb_strip_nulls(jsonb_build_object(
               'definition', pg_get_constraintdef(c.oid),
               'validated', c.convalidated,
               'enforced', to_jsonb(c) -> 'conenforced',
               'deferrable', c.condeferrable,
               'deferred', c.condeferred,
               'index', nullif(c.conindid, 0)::regclass::text,
               'parent', (SELECT p.conname FROM pg_constraint p WHERE p.oid = c.conparentid),
               'inherited', c.coninhcount,
               'local', c.conislocal,
               'no_inherit', CASE WHEN c.contype IN ('c', 'n') THEN c.connoinherit END,
               'comment', obj_description(c.oid, 'pg_constraint')))::text
      FROM pg_constraint c
      JOIN ns ON ns.oid = c.connamespace
      LEFT JOIN rel r ON r.oid = c.conrelid
      """;

  private static final String INDEX =
      """
      SELECT 'index ' || r.qname || '.' || quote_ident(x.relname) || ' '
             || jsonb_strip_nulls(jsonb_build_object(
               'definition', pg_get_indexdef(x.oid),
               'owner', pg_get_userbyid(x.relowner),
               'valid', i.indisvalid,
               'ready', i.indisready,
               'live', i.indislive,
               'primary', i.indisprimary,
               'unique', i.indisunique,
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
      FROM rel r
      JOIN pg_index i ON i.indrelid = r.oid
      JOIN pg_class x ON x.oid = i.indexrelid
      LEFT JOIN pg_tablespace s ON s.oid = x.reltablespace
      WHERE r.relkind <> 't'
      """;

  /** The names of those that belong to a foreign key are made of OIDs: it is named instead. */
  private static final String TRIGGER =
      """
      SELECT 'trigger ' || r.qname || '.' || CASE WHEN t.tgisinternal
               THEN '(of ' || coalesce(quote_ident(c.conname), 'nothing') || ')'
               ELSE quote_ident(t.tgname) END || ' ' || jsonb_strip_nulls(jsonb_build_object(
               'definition', CASE WHEN t.tgisinternal THEN t.tgfoid::regprocedure::text
                                  ELSE pg_get_triggerdef(t.oid) END,
               'enabled', t.tgenabled,
               'inherited', t.tgparentid <> 0,
               'comment', obj_description(t.oid, 'pg_trigger')))::text
      FROM rel r
      JOIN pg_trigger t ON t.tgrelid = r.oid
      LEFT JOIN pg_constraint c ON c.oid = t.tgconstraint
      """;

  private static final String POLICY =
      """
      SELECT 'policy ' || r.qname || '.' || quote_ident(p.polname) || ' '
             || jsonb_strip_nulls(jsonb_build_object(
               'command', p.polcmd,
               'permissive', p.polpermissive,
               'roles', ARRAY(SELECT CASE o WHEN 0 THEN 'PUBLIC'
                                            ELSE quote_ident(pg_get_userbyid(o)) END
                              FROM unnest(p.polroles) AS o ORDER BY 1),
               'using', pg_get_expr(p.polqual, p.polrelid),
               'check', pg_get_expr(p.polwithcheck, p.polrelid),
               'comment', obj_description(p.oid, 'pg_policy')))::text
      FROM rel r JOIN pg_policy p ON p.polrelid = r.oid
      """;

  private static final String RULE =
      """
      SELECT 'rule ' || r.qname || '.' || quote_ident(u.rulename) || ' '
             || jsonb_strip_nulls(jsonb_build_object(
               'definition', pg_get_ruledef(u.oid),
               'enabled', u.ev_enabled,
               'comment', obj_description(u.oid, 'pg_rewrite')))::text
      FROM rel r JOIN pg_rewrite u ON u.ev_class = r.oid WHERE u.rulename <> '_RETURN'
      """;

  private static final String SEQUENCE =
      """
      SELECT 'sequence ' || r.qname || ' ' || jsonb_strip_nulls(jsonb_build_object(
               'type', q.seqtypid::regtype::text,
               'start', q.seqstart,
               'increment', q.seqincrement,
               'min', q.seqmin,
               'max', q.seqmax,
               'cache', q.seqcache,
               'cycle', q.seqcycle,
               'column', (SELECT format('%s.%I %s', d.refobjid::regclass, a.attname, d.deptype)
                          FROM pg_depend d
                          JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
                          WHERE d.classid = 'pg_class'::regclass AND d.objid = r.oid
                            AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i'))
             ))::text
      FROM rel r JOIN pg_sequence q ON q.seqrelid = r.oid
      """;

  private static final String STATISTICS =
      """
      SELECT 'statistics ' || ns.name || '.' || quote_ident(s.stxname) || ' '
             || jsonb_strip_nulls(jsonb_build_object(
               'definition', pg_get_statisticsobjdef(s.oid),
               'target', CASE WHEN s.stxstattarget >= 0 THEN s.stxstattarget END,
               'owner', pg_get_userbyid(s.stxowner),
               'comment', obj_description(s.oid, 'pg_statistic_ext')))::text
      FROM pg_statistic_ext s JOIN ns ON ns.oid = s.stxnamespace
      """;

  static final List<String> ALL =
      List.of(RELATION, COLUMN, CONSTRAINT, INDEX, TRIGGER, POLICY, RULE, SEQUENCE, STATISTICS);

  private TableQueries() {}
}
