package dev.gatefold.planner.catalog;

/**
 * The queries behind {@link FollowerCatalog}, for an empty search path: all names are qualified.
 */
final class FollowerQueries {

  /** What reads the columns itself; its parameters are the table and the columns. */
  private static final String DIRECT =
      """
      WITH RECURSIVE direct AS (
        SELECT d.classid, d.objid, d.refobjsubid AS attnum
        FROM pg_depend d
        WHERE d.refclassid = 'pg_class'::regclass AND d.refobjid = ?::oid
          AND d.refobjsubid = ANY (?::int[]) AND d.deptype IN ('n', 'a')
          AND d.classid IN ('pg_rewrite'::regclass, 'pg_policy'::regclass,
                            'pg_trigger'::regclass, 'pg_proc'::regclass)
      ), tree (oid, depth) AS (
        SELECT r.ev_class, 1
        FROM direct d
        JOIN pg_rewrite r ON d.classid = 'pg_rewrite'::regclass AND r.oid = d.objid
        WHERE r.rulename = '_RETURN'
        UNION
        SELECT o.ev_class, t.depth + 1
        FROM tree t
        JOIN pg_depend d ON d.refclassid = 'pg_class'::regclass AND d.refobjid = t.oid
         AND d.classid = 'pg_rewrite'::regclass
        JOIN pg_rewrite o ON o.oid = d.objid AND o.rulename = '_RETURN' AND o.ev_class <> t.oid
        JOIN pg_class v ON v.oid = o.ev_class AND v.relkind = 'v'
      )
      """;

  /** Views over the columns, themselves or by way of other views; the lowest first. */
  static final String VIEWS =
      DIRECT
          + """
      SELECT 'VIEW' AS kind, i.type || ' ' || i.identity AS identity, n.nspname, c.relname,
             c.relname AS name,
             ARRAY(SELECT DISTINCT d.attnum FROM direct d JOIN pg_rewrite r ON r.oid = d.objid
                   WHERE d.classid = 'pg_rewrite'::regclass AND r.ev_class = c.oid
                     AND r.rulename = '_RETURN') AS columns,
             ARRAY(SELECT f.type || ' ' || f.identity
                   FROM pg_rewrite r
                   JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid
                    AND d.refclassid = 'pg_class'::regclass AND d.refobjid <> c.oid
                   CROSS JOIN LATERAL pg_identify_object('pg_class'::regclass, d.refobjid, 0) f
                   WHERE r.ev_class = c.oid AND r.rulename = '_RETURN') AS over,
             pg_get_viewdef(c.oid) AS definition,
             CASE
               WHEN c.relkind = 'm' THEN 'a materialized view would be computed again under a lock'
               WHEN NOT pg_has_role(c.relowner, 'USAGE') THEN 'it belongs to another role'
               WHEN NOT has_schema_privilege(n.oid, 'CREATE')
               THEN 'the connected role may not create in its schema'
               WHEN EXISTS (SELECT FROM pg_depend e
                            WHERE e.classid = 'pg_class'::regclass AND e.objid = c.oid
                              AND e.deptype IN ('e', 'x'))
               THEN 'it belongs to an extension'
             END AS obstacle,
             CASE
               WHEN EXISTS (SELECT FROM aclexplode(c.relacl) a WHERE a.grantor <> c.relowner)
                 OR EXISTS (SELECT FROM pg_attribute t, aclexplode(t.attacl) a
                            WHERE t.attrelid = c.oid AND a.grantor <> c.relowner)
               THEN 'another role than its owner granted a privilege on it'
               WHEN EXISTS (SELECT FROM pg_seclabel l
                            WHERE l.classoid = 'pg_class'::regclass AND l.objoid = c.oid)
               THEN 'it has a security label'
               WHEN NOT pg_has_role(c.relowner, 'MEMBER')
                 OR NOT has_schema_privilege(c.relowner, n.oid, 'CREATE')
               THEN 'it cannot be given to its owner again'
               ELSE (
                 SELECT pg_describe_object(d.classid, d.objid, d.objsubid) || ' depends on it'
                 FROM pg_depend d
                 LEFT JOIN pg_rewrite r ON d.classid = 'pg_rewrite'::regclass AND r.oid = d.objid
                 LEFT JOIN pg_class v ON v.relkind = 'v' AND v.oid = CASE
                       WHEN d.classid = 'pg_class'::regclass THEN d.objid
                       WHEN r.rulename = '_RETURN' THEN r.ev_class END
                 LEFT JOIN pg_trigger g ON d.classid = 'pg_trigger'::regclass AND g.oid = d.objid
                 LEFT JOIN pg_attrdef a ON d.classid = 'pg_attrdef'::regclass AND a.oid = d.objid
                 WHERE d.deptype IN ('n', 'a') AND v.oid IS NULL
                   AND c.oid IS DISTINCT FROM coalesce(r.ev_class, g.tgrelid, a.adrelid)
                   AND (d.refclassid = 'pg_class'::regclass AND d.refobjid = c.oid
                        OR d.refclassid = 'pg_type'::regclass AND d.refobjid IN (
                             c.reltype, (SELECT typarray FROM pg_type WHERE oid = c.reltype)))
                 ORDER BY 1 LIMIT 1)
             END AS fixed
      FROM tree v
      JOIN pg_class c ON c.oid = v.oid
      JOIN pg_namespace n ON n.oid = c.relnamespace
      CROSS JOIN LATERAL pg_identify_object('pg_class'::regclass, c.oid, 0) i
      GROUP BY i.type, i.identity, n.oid, n.nspname, c.oid, c.relname, c.relkind, c.relowner,
               c.relacl, c.reltype
      ORDER BY max(v.depth), i.identity
      """;

  /** Rules, policies, triggers and parsed functions that read the columns. */
  static final String OTHERS =
      DIRECT
          + """
      SELECT k.kind, i.type || ' ' || i.identity AS identity,
             n.nspname, coalesce(c.relname, f.proname) AS relname,
             coalesce(r.rulename, p.polname, t.tgname, f.proname) AS name,
             array_agg(DISTINCT d.attnum) AS columns, '{}'::text[] AS over,
             CASE k.kind
               WHEN 'RULE' THEN pg_get_ruledef(r.oid)
               WHEN 'TRIGGER' THEN pg_get_triggerdef(t.oid)
               WHEN 'FUNCTION' THEN pg_get_functiondef(f.oid)
               ELSE concat_ws(' ', 'USING (' || pg_get_expr(p.polqual, p.polrelid) || ')',
                              'WITH CHECK (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')')
             END AS definition,
             CASE
               WHEN NOT pg_has_role(coalesce(c.relowner, f.proowner), 'USAGE')
               THEN 'it belongs to another role'
               WHEN k.kind = 'FUNCTION' AND NOT has_schema_privilege(n.oid, 'CREATE')
               THEN 'the connected role may not create in its schema'
               WHEN k.kind = 'RULE' AND c.oid <> q.oid
                AND c.oid NOT IN (SELECT v.oid FROM tree v)
               THEN 'it is a rule on another relation'
               WHEN EXISTS (SELECT FROM pg_trigger b
                            WHERE b.tgparentid = t.oid AND b.tgenabled <> t.tgenabled)
               THEN 'a partition has it enabled in another way'
               WHEN EXISTS (SELECT FROM pg_depend e
                            WHERE e.classid = d.classid AND e.objid = d.objid
                              AND e.deptype IN ('e', 'x'))
               THEN 'it belongs to an extension'
             END AS obstacle,
             NULL AS fixed
      FROM direct d
      CROSS JOIN (SELECT ?::oid AS oid) q
      LEFT JOIN pg_rewrite r ON d.classid = 'pg_rewrite'::regclass AND r.oid = d.objid
      LEFT JOIN pg_policy p ON d.classid = 'pg_policy'::regclass AND p.oid = d.objid
      LEFT JOIN pg_trigger t ON d.classid = 'pg_trigger'::regclass AND t.oid = d.objid
      LEFT JOIN pg_proc f ON d.classid = 'pg_proc'::regclass AND f.oid = d.objid
      LEFT JOIN pg_class c ON c.oid = coalesce(r.ev_class, p.polrelid, t.tgrelid)
      JOIN pg_namespace n ON n.oid = coalesce(c.relnamespace, f.pronamespace)
      CROSS JOIN LATERAL pg_identify_object(d.classid, d.objid, 0) i
      CROSS JOIN LATERAL (
        SELECT CASE WHEN r.oid IS NOT NULL THEN 'RULE' WHEN p.oid IS NOT NULL THEN 'POLICY'
                    WHEN t.oid IS NOT NULL THEN 'TRIGGER' ELSE 'FUNCTION' END AS kind) k
      WHERE r.rulename IS DISTINCT FROM '_RETURN'
        AND NOT coalesce(t.tgisinternal OR t.tgparentid <> 0
                         OR starts_with(t.tgname, '~gatefold_'), false)
      GROUP BY k.kind, i.type, i.identity, n.oid, n.nspname, c.oid, c.relname, c.relowner, f.oid,
               f.proname, f.proowner, r.oid, r.rulename, p.oid, p.polname, p.polqual,
               p.polwithcheck, p.polrelid, t.oid, t.tgname, t.tgenabled, d.classid, d.objid, q.oid
      ORDER BY array_position(ARRAY['RULE', 'POLICY', 'TRIGGER', 'FUNCTION'], k.kind), i.identity
      """;

  /** Views, rules and policies with a reference to the whole row of the table. */
  static final String WHOLE_ROWS =
      """
      SELECT DISTINCT i.type || ' ' || i.identity
      FROM pg_class c
      CROSS JOIN LATERAL (
        SELECT CASE WHEN r.rulename = '_RETURN' THEN 'pg_class'::regclass
                    ELSE 'pg_rewrite'::regclass END AS class,
               CASE WHEN r.rulename = '_RETURN' THEN r.ev_class ELSE r.oid END AS oid,
               concat(r.ev_qual, r.ev_action) AS tree
        FROM pg_depend d
        JOIN pg_rewrite r ON d.classid = 'pg_rewrite'::regclass AND r.oid = d.objid
        WHERE d.refclassid = 'pg_class'::regclass AND d.refobjid = c.oid
        UNION ALL
        SELECT 'pg_policy'::regclass, p.oid, concat(p.polqual, p.polwithcheck)
        FROM pg_policy p
        WHERE p.polrelid = c.oid
      ) AS o
      CROSS JOIN LATERAL pg_identify_object(o.class, o.oid, 0) i
      WHERE c.oid = ?::oid AND o.tree LIKE '%:varattno 0 :vartype ' || c.reltype || ' %'
      ORDER BY 1
      """;

  private FollowerQueries() {}
}
