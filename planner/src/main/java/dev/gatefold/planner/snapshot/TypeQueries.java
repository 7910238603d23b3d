package dev.gatefold.planner.snapshot;

import java.util.List;

/** Types that are not tables, and the constraints of domains; rows as in {@link GlobalQueries}. */
final class TypeQueries {

  private static final String ENUMS =
      """
      SELECT 'pg_type'::regclass, t.oid, 'enum', t.oid::regtype::text, NULL::oid,
             'TYPE ' || t.oid::regtype, t.typowner,
             format('CREATE TYPE %s AS ENUM (%s)', t.oid::regtype,
                    (SELECT string_agg(quote_literal(e.enumlabel), ', ' ORDER BY e.enumsortorder)
                     FROM pg_enum e WHERE e.enumtypid = t.oid)), '{}'::text[]
      FROM pg_type t
      WHERE t.typtype = 'e' AND {ours t.typnamespace} AND {own pg_type t.oid}
      """;

  // Under its relation, as the server records what its columns need.
  private static final String COMPOSITES =
      """
      SELECT 'pg_class'::regclass, c.oid, 'composite type', t.oid::regtype::text, NULL::oid,
             'TYPE ' || t.oid::regtype, t.typowner,
             format('CREATE TYPE %s AS (%s)', t.oid::regtype,
                    (SELECT string_agg(concat_ws(' ', quote_ident(a.attname),
                                                 format_type(a.atttypid, a.atttypmod),
                                                 CASE WHEN a.attcollation NOT IN (0, y.typcollation)
                                                      THEN 'COLLATE ' || a.attcollation::regcollation
                                                 END), ', ' ORDER BY a.attnum)
                     FROM pg_attribute a
                     JOIN pg_type y ON y.oid = a.atttypid
                     WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped)),
             '{}'::text[]
      FROM pg_class c
      JOIN pg_type t ON t.oid = c.reltype
      WHERE c.relkind = 'c' AND {ours c.relnamespace} AND {own pg_type t.oid}
      """;

  private static final String DOMAINS =
      """
      SELECT 'pg_type'::regclass, t.oid, 'domain', t.oid::regtype::text, NULL::oid,
             'DOMAIN ' || t.oid::regtype, t.typowner,
             concat_ws(' ', 'CREATE DOMAIN', t.oid::regtype, 'AS',
                       format_type(t.typbasetype, t.typtypmod),
                       CASE WHEN t.typcollation NOT IN (0, b.typcollation)
                            THEN 'COLLATE ' || t.typcollation::regcollation END,
                       'DEFAULT ' || pg_get_expr(t.typdefaultbin, 'pg_type'::regclass),
                       CASE WHEN t.typnotnull THEN 'NOT NULL' END), '{}'::text[]
      FROM pg_type t
      JOIN pg_type b ON b.oid = t.typbasetype
      WHERE t.typtype = 'd' AND {ours t.typnamespace} AND {own pg_type t.oid}
      """;

  private static final String DOMAIN_CONSTRAINTS =
      """
      SELECT 'pg_constraint'::regclass, k.oid, 'domain constraint',
             format('%I on %s', k.conname, t.oid::regtype), NULL::oid,
             format('CONSTRAINT %I ON DOMAIN %s', k.conname, t.oid::regtype), NULL::oid,
             format('ALTER DOMAIN %s ADD CONSTRAINT %I %s', t.oid::regtype, k.conname,
                    pg_get_constraintdef(k.oid)), '{}'::text[]
      FROM pg_constraint k
      JOIN pg_type t ON t.oid = k.contypid
      WHERE k.contype = 'c' AND {ours t.typnamespace} AND {own pg_type t.oid}
      """;

  private static final String RANGES =
      """
      SELECT 'pg_type'::regclass, t.oid, 'range type', t.oid::regtype::text, NULL::oid,
             'TYPE ' || t.oid::regtype, t.typowner,
             format('CREATE TYPE %s AS RANGE (%s)', t.oid::regtype,
                    concat_ws(', ', 'subtype = ' || format_type(r.rngsubtype, NULL),
                      CASE WHEN NOT o.opcdefault
                           THEN format('subtype_opclass = %I.%I', n.nspname, o.opcname) END,
                      CASE WHEN r.rngcollation NOT IN (0, s.typcollation)
                           THEN 'collation = ' || r.rngcollation::regcollation END,
                      'canonical = ' || nullif(r.rngcanonical, 0)::regproc,
                      'subtype_diff = ' || nullif(r.rngsubdiff, 0)::regproc,
                      'multirange_type_name = ' || r.rngmultitypid::regtype)), '{}'::text[]
      FROM pg_type t
      JOIN pg_range r ON r.rngtypid = t.oid
      JOIN pg_type s ON s.oid = r.rngsubtype
      JOIN pg_opclass o ON o.oid = r.rngsubopc
      JOIN pg_namespace n ON n.oid = o.opcnamespace
      WHERE {ours t.typnamespace} AND {own pg_type t.oid}
      """;

  private TypeQueries() {}

  static List<String> all() {
    return List.of(ENUMS, COMPOSITES, DOMAINS, DOMAIN_CONSTRAINTS, RANGES);
  }
}
