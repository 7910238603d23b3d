package dev.gatefold.planner.snapshot;

import java.util.List;
import java.util.stream.Stream;

/**
 * Objects that belong to no relation and are no types or routines. Each row says catalog, OID,
 * kind, identity, relation, target, owner, the statement that makes it and those that follow.
 */
final class GlobalQueries {

  // By way of DO: the statement wants the name of the database, which is another one's elsewhere.
  private static final String DATABASE =
      """
      SELECT 'pg_database'::regclass, d.oid, 'database', 'owner and rights', NULL::oid, NULL, NULL::oid,
             format('DO %L', format('BEGIN EXECUTE format(%L, current_database()); END',
                    'ALTER DATABASE %I OWNER TO ' || quote_ident(pg_get_userbyid(d.datdba)))),
             ARRAY(SELECT format('DO %L', format('BEGIN EXECUTE format(%L, current_database()); END',
                                 'REVOKE ' || s.privilege_type || ' ON DATABASE %I FROM PUBLIC'))
                   FROM aclexplode(acldefault('d', d.datdba)) s
                   WHERE s.grantee = 0 AND NOT EXISTS (
                     SELECT FROM aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) l
                     WHERE l.grantee = 0 AND l.privilege_type = s.privilege_type)
                   ORDER BY s.privilege_type)
             || ARRAY(SELECT format('DO %L', format('BEGIN EXECUTE format(%L, current_database()); END',
                                    'GRANT ' || g.privilege_type || ' ON DATABASE %I TO '
                                    || CASE g.grantee WHEN 0 THEN 'PUBLIC'
                                            ELSE quote_ident(pg_get_userbyid(g.grantee)) END))
                      FROM aclexplode(d.datacl) g
                      WHERE g.grantee <> d.datdba AND NOT EXISTS (
                        SELECT FROM aclexplode(acldefault('d', d.datdba)) s
                        WHERE s.grantee = g.grantee AND s.privilege_type = g.privilege_type)
                      GROUP BY g.privilege_type, g.grantee
                      ORDER BY pg_get_userbyid(g.grantee), g.privilege_type)
      FROM pg_database d
      WHERE d.datname = current_database()
      """;

  private static final String SCHEMAS =
      """
      SELECT 'pg_namespace'::regclass, n.oid, 'schema', quote_ident(n.nspname), NULL::oid,
             'SCHEMA ' || quote_ident(n.nspname), n.nspowner,
             'CREATE SCHEMA ' || quote_ident(n.nspname), '{}'::text[]
      FROM pg_namespace n
      WHERE {ours n.oid} AND {own pg_namespace n.oid}
      """;

  // The server has plpgsql from the beginning. A version is not asked for: the newest will do.
  private static final String EXTENSIONS =
      """
      SELECT 'pg_extension'::regclass, e.oid, 'extension', quote_ident(e.extname), NULL::oid, NULL,
             NULL::oid,
             format('CREATE EXTENSION IF NOT EXISTS %I WITH SCHEMA %I', e.extname, n.nspname),
             '{}'::text[]
      FROM pg_extension e
      JOIN pg_namespace n ON n.oid = e.extnamespace
      WHERE e.extname <> 'plpgsql'
      """;

  // Where the locale stands differs from version to version.
  private static final String COLLATIONS =
      """
      SELECT 'pg_collation'::regclass, c.oid, 'collation', format('%I.%I', n.nspname, c.collname),
             NULL::oid, format('COLLATION %I.%I', n.nspname, c.collname), c.collowner,
             format('CREATE COLLATION %I.%I (', n.nspname, c.collname)
             || concat_ws(', ',
                  'provider = ' || CASE c.collprovider WHEN 'i' THEN 'icu' WHEN 'b' THEN 'builtin'
                                                       ELSE 'libc' END,
                  CASE WHEN c.collprovider = 'c'
                       THEN format('lc_collate = %L, lc_ctype = %L', c.collcollate, c.collctype)
                       ELSE format('locale = %L', coalesce(to_jsonb(c) ->> 'colllocale',
                                                           to_jsonb(c) ->> 'colliculocale',
                                                           to_jsonb(c) ->> 'collcollate')) END,
                  'rules = ' || quote_literal(to_jsonb(c) ->> 'collicurules'),
                  CASE WHEN NOT c.collisdeterministic THEN 'deterministic = false' END)
             || ')', '{}'::text[]
      FROM pg_collation c
      JOIN pg_namespace n ON n.oid = c.collnamespace
      WHERE {ours n.oid} AND {own pg_collation c.oid}
      """;

  // Without its functions, and below without options, which may hold secrets: a foreign table
  // shall be known, not read.
  private static final String WRAPPERS =
      """
      SELECT 'pg_foreign_data_wrapper'::regclass, w.oid, 'foreign data wrapper',
             quote_ident(w.fdwname), NULL::oid, 'FOREIGN DATA WRAPPER ' || quote_ident(w.fdwname),
             w.fdwowner, 'CREATE FOREIGN DATA WRAPPER ' || quote_ident(w.fdwname), '{}'::text[]
      FROM pg_foreign_data_wrapper w
      WHERE {own pg_foreign_data_wrapper w.oid}
      """;

  private static final String SERVERS =
      """
      SELECT 'pg_foreign_server'::regclass, s.oid, 'server', quote_ident(s.srvname), NULL::oid,
             'SERVER ' || quote_ident(s.srvname), s.srvowner,
             format('CREATE SERVER %I FOREIGN DATA WRAPPER %I', s.srvname, w.fdwname),
             '{}'::text[]
      FROM pg_foreign_server s
      JOIN pg_foreign_data_wrapper w ON w.oid = s.srvfdw
      WHERE {own pg_foreign_server s.oid}
      """;

  private static final String PUBLICATIONS =
      """
      SELECT 'pg_publication'::regclass, p.oid, 'publication', quote_ident(p.pubname), NULL::oid,
             'PUBLICATION ' || quote_ident(p.pubname), p.pubowner,
             format('CREATE PUBLICATION %I', p.pubname)
             || CASE WHEN p.puballtables THEN ' FOR ALL TABLES' ELSE '' END
             || format(' WITH (publish = %L, publish_via_partition_root = %s',
                       concat_ws(', ', CASE WHEN p.pubinsert THEN 'insert' END,
                                 CASE WHEN p.pubupdate THEN 'update' END,
                                 CASE WHEN p.pubdelete THEN 'delete' END,
                                 CASE WHEN p.pubtruncate THEN 'truncate' END),
                       p.pubviaroot::text)
             || CASE WHEN to_jsonb(p) ->> 'pubgencols' = 's'
                     THEN ', publish_generated_columns = stored' ELSE '' END
             || ')', '{}'::text[]
      FROM pg_publication p
      """;

  private static final String PUBLISHED_SCHEMAS =
      """
      SELECT 'pg_publication_namespace'::regclass, s.oid, 'published schema',
             format('%I in %I', n.nspname, p.pubname), NULL::oid, NULL, NULL::oid,
             format('ALTER PUBLICATION %I ADD TABLES IN SCHEMA %I', p.pubname, n.nspname),
             '{}'::text[]
      FROM pg_publication_namespace s
      JOIN pg_publication p ON p.oid = s.pnpubid
      JOIN pg_namespace n ON n.oid = s.pnnspid
      """;

  private static final int FIRST_WITH_PUBLISHED_SCHEMAS = 15;

  private GlobalQueries() {}

  static List<String> all(int version) {
    List<String> always =
        List.of(DATABASE, SCHEMAS, EXTENSIONS, COLLATIONS, WRAPPERS, SERVERS, PUBLICATIONS);
    return version < FIRST_WITH_PUBLISHED_SCHEMAS
        ? always
        : Stream.concat(always.stream(), Stream.of(PUBLISHED_SCHEMAS)).toList();
  }
}
