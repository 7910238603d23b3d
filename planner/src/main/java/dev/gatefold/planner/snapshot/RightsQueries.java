package dev.gatefold.planner.snapshot;

/** Who may do what with which object, as far as it differs from what its owner and PUBLIC have. */
final class RightsQueries {

  private static final String LISTS =
      """
      SELECT 'pg_class'::regclass AS catalog, c.oid, '' AS part, c.relowner AS owner, c.relacl AS acl,
             acldefault(CASE c.relkind WHEN 'S' THEN 's' ELSE 'r' END::"char", c.relowner) AS usual
      FROM pg_class c WHERE c.relacl IS NOT NULL
      UNION ALL
      SELECT 'pg_class'::regclass, c.oid, ' (' || quote_ident(a.attname) || ')', c.relowner, a.attacl,
             acldefault('c', c.relowner)
      FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
      WHERE a.attacl IS NOT NULL AND NOT a.attisdropped
      UNION ALL
      SELECT 'pg_namespace'::regclass, n.oid, '', n.nspowner, n.nspacl, acldefault('n', n.nspowner)
      FROM pg_namespace n WHERE n.nspacl IS NOT NULL
      UNION ALL
      SELECT 'pg_proc'::regclass, p.oid, '', p.proowner, p.proacl, acldefault('f', p.proowner)
      FROM pg_proc p WHERE p.proacl IS NOT NULL
      UNION ALL
      SELECT 'pg_type'::regclass, t.oid, '', t.typowner, t.typacl, acldefault('T', t.typowner)
      FROM pg_type t WHERE t.typacl IS NOT NULL
      UNION ALL
      SELECT 'pg_foreign_data_wrapper'::regclass, w.oid, '', w.fdwowner, w.fdwacl,
             acldefault('F', w.fdwowner)
      FROM pg_foreign_data_wrapper w WHERE w.fdwacl IS NOT NULL
      UNION ALL
      SELECT 'pg_foreign_server'::regclass, s.oid, '', s.srvowner, s.srvacl,
             acldefault('S', s.srvowner)
      FROM pg_foreign_server s WHERE s.srvacl IS NOT NULL""";

  /** Rights that were taken from owners and from PUBLIC, then those given to others. */
  static final String ALL =
      """
      WITH list AS (%s)
      SELECT l.catalog::oid::bigint, l.oid::bigint, l.part, true AS taken, u.privilege_type, false AS grantable,
             CASE u.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(u.grantee)) END AS grantee,
             NULL AS grantor
      FROM list l CROSS JOIN LATERAL aclexplode(l.usual) u
      WHERE NOT EXISTS (SELECT FROM aclexplode(l.acl) x
                        WHERE x.grantee = u.grantee AND x.privilege_type = u.privilege_type)
      UNION ALL
      SELECT l.catalog::oid::bigint, l.oid::bigint, l.part, false, x.privilege_type, x.is_grantable,
             CASE x.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(x.grantee)) END,
             CASE WHEN x.grantor <> l.owner THEN quote_ident(pg_get_userbyid(x.grantor)) END
      FROM list l CROSS JOIN LATERAL aclexplode(l.acl) x
      WHERE NOT EXISTS (SELECT FROM aclexplode(l.usual) u
                        WHERE u.grantee = x.grantee AND u.privilege_type = x.privilege_type
                          AND (u.is_grantable OR NOT x.is_grantable))
      ORDER BY 4 DESC, 3, grantee, privilege_type"""
          .formatted(LISTS);

  private RightsQueries() {}
}
