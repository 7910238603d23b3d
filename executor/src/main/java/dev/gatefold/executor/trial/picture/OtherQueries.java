package dev.gatefold.executor.trial.picture;

import java.util.List;

/** The queries of a picture that are about whatever belongs to no table. */
final class OtherQueries {

  private static final String SCHEMA =
      """
      SELECT 'schema ' || ns.name || ' ' || jsonb_strip_nulls(jsonb_build_object(
               'owner', pg_get_userbyid(n.nspowner),
               'grants', nullif(ARRAY(SELECT unnest(n.nspacl)::text ORDER BY 1), '{}'),
               'comment', obj_description(n.oid, 'pg_namespace')))::text
      FROM ns JOIN pg_namespace n USING (oid)
      """;

  private static final String TYPE =
      """
      SELECT 'type ' || ns.name || '.' || quote_ident(t.typname) || ' '
             || jsonb_strip_nulls(jsonb_build_object(
               'kind', t.typtype,
               'owner', pg_get_userbyid(t.typowner),
               'grants', ARRAY(SELECT unnest(coalesce(t.typacl, acldefault('T', t.typowner)))::text
                               ORDER BY 1),
               'base', CASE WHEN t.typtype = 'd' THEN format_type(t.typbasetype, t.typtypmod) END,
               'not_null', CASE WHEN t.typtype = 'd' THEN t.typnotnull END,
               'default', t.typdefault,
               'labels', nullif(ARRAY(SELECT e.enumlabel FROM pg_enum e
                                      WHERE e.enumtypid = t.oid ORDER BY e.enumsortorder), '{}'),
               'subtype', (SELECT g.rngsubtype::regtype::text FROM pg_range g
                           WHERE g.rngtypid = t.oid),
               'comment', obj_description(t.oid, 'pg_type')))::text
      FROM pg_type t
      JOIN ns ON ns.oid = t.typnamespace
      LEFT JOIN pg_class c ON c.oid = t.typrelid
      WHERE (c.oid IS NULL OR c.relkind = 'c')
        AND NOT EXISTS (SELECT FROM pg_type e WHERE e.typarray = t.oid)
      """;

  private static final String FUNCTION =
      """
      SELECT 'function ' || p.oid::regprocedure || ' ' || jsonb_strip_nulls(jsonb_build_object(
               'definition', CASE WHEN p.prokind <> 'a' THEN pg_get_functiondef(p.oid) END,
               'owner', pg_get_userbyid(p.proowner),
               'grants', ARRAY(SELECT unnest(coalesce(p.proacl, acldefault('f', p.proowner)))::text
                               ORDER BY 1),
               'comment', obj_description(p.oid, 'pg_proc')))::text
      FROM pg_proc p JOIN ns ON ns.oid = p.pronamespace
      """;

  private static final String PUBLICATION =
      """
      SELECT 'publication ' || quote_ident(p.pubname) || ' ' || jsonb_strip_nulls(
               to_jsonb(p) - ARRAY['oid', 'pubname', 'pubowner'] || jsonb_build_object(
               'owner', pg_get_userbyid(p.pubowner),
               'comment', obj_description(p.oid, 'pg_publication')))::text
      FROM pg_publication p
      """;

  /** What was asked for, with the columns that were listed. */
  private static final String PUBLISHED =
      """
      SELECT 'published ' || quote_ident(p.pubname) || ' ' || t.prrelid::regclass || ' '
             || coalesce((SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY a.attname)
                          FROM pg_attribute a
                          WHERE a.attrelid = t.prrelid
                            AND to_jsonb(t) -> 'prattrs' @> to_jsonb(a.attnum)), 'all columns')
      FROM pg_publication_rel t JOIN pg_publication p ON p.oid = t.prpubid
      """;

  /** What comes of it, by whatever way a table is published; the filter is there from 15 on. */
  private static final String PUBLISHES =
      """
      SELECT 'publishes ' || quote_ident(p.pubname) || ' '
             || format('%I.%I', p.schemaname, p.tablename) || ' ' || jsonb_strip_nulls(
               jsonb_build_object('filter', to_jsonb(p) ->> 'rowfilter'))::text
      FROM pg_publication_tables p JOIN ns ON ns.name = quote_ident(p.schemaname)
      """;

  private static final String EXTENSION =
      """
      SELECT 'extension ' || quote_ident(extname) || ' ' || extversion FROM pg_extension
      """;

  private static final String EVENT_TRIGGER =
      """
      SELECT 'event trigger ' || quote_ident(evtname) || ' ' || concat_ws(' ', evtevent,
             evtfoid::regprocedure, evtenabled, evttags)
      FROM pg_event_trigger WHERE evtname !~ '^gatefold_trial'
      """;

  private static final String DEFAULT_GRANT =
      """
      SELECT 'default grant ' || concat_ws(' ', defaclrole::regrole,
             nullif(defaclnamespace, 0)::regnamespace, defaclobjtype,
             ARRAY(SELECT unnest(defaclacl)::text ORDER BY 1))
      FROM pg_default_acl
      """;

  private static final String LABEL =
      """
      SELECT 'label ' || concat_ws(' ', objtype, objname, provider, label)
      FROM pg_seclabels WHERE objtype NOT IN ('database', 'role', 'tablespace')
      """;

  static final List<String> ALL =
      List.of(
          SCHEMA,
          TYPE,
          FUNCTION,
          PUBLICATION,
          PUBLISHED,
          PUBLISHES,
          EXTENSION,
          EVENT_TRIGGER,
          DEFAULT_GRANT,
          LABEL);

  private OtherQueries() {}
}
