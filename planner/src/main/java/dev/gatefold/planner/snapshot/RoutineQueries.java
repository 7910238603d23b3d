package dev.gatefold.planner.snapshot;

import java.util.List;

/** Functions and what is made of functions; rows as in {@link GlobalQueries}. */
final class RoutineQueries {

  // The constructors of a range type come with it, and so does its cast.
  private static final String ROUTINES =
      """
      SELECT 'pg_proc'::regclass, p.oid, k.kind, p.oid::regprocedure::text, NULL::oid,
             upper(k.kind) || ' ' || p.oid::regprocedure, p.proowner,
             rtrim(pg_get_functiondef(p.oid), E'\\n'),
             '{}'::text[]
      FROM pg_proc p
      CROSS JOIN LATERAL (
        SELECT CASE p.prokind WHEN 'p' THEN 'procedure' ELSE 'function' END AS kind) AS k
      WHERE p.prokind <> 'a' AND {ours p.pronamespace} AND {own pg_proc p.oid}
        AND NOT EXISTS (SELECT FROM pg_depend d
                        WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid
                          AND d.deptype = 'i')
      """;

  private static final String AGGREGATES =
      """
      SELECT 'pg_proc'::regclass, p.oid, 'aggregate', p.oid::regprocedure::text, NULL::oid,
             'AGGREGATE ' || p.oid::regprocedure, p.proowner,
             format('CREATE AGGREGATE %I.%I(%s) (%s)', n.nspname, p.proname,
                    CASE WHEN p.pronargs = 0 THEN '*' ELSE pg_get_function_arguments(p.oid) END,
                    concat_ws(', ', 'sfunc = ' || a.aggtransfn::regproc,
                      'stype = ' || format_type(a.aggtranstype, NULL),
                      'sspace = ' || nullif(a.aggtransspace, 0),
                      'finalfunc = ' || nullif(a.aggfinalfn, 0)::regproc,
                      CASE WHEN a.aggfinalextra THEN 'finalfunc_extra' END,
                      'combinefunc = ' || nullif(a.aggcombinefn, 0)::regproc,
                      'serialfunc = ' || nullif(a.aggserialfn, 0)::regproc,
                      'deserialfunc = ' || nullif(a.aggdeserialfn, 0)::regproc,
                      'initcond = ' || quote_literal(a.agginitval),
                      'msfunc = ' || nullif(a.aggmtransfn, 0)::regproc,
                      'minvfunc = ' || nullif(a.aggminvtransfn, 0)::regproc,
                      'mstype = ' || format_type(nullif(a.aggmtranstype, 0), NULL),
                      'msspace = ' || nullif(a.aggmtransspace, 0),
                      'mfinalfunc = ' || nullif(a.aggmfinalfn, 0)::regproc,
                      CASE WHEN a.aggmfinalextra THEN 'mfinalfunc_extra' END,
                      'minitcond = ' || quote_literal(a.aggminitval),
                      'sortop = ' || (SELECT format('OPERATOR(%I.%s)', s.nspname, o.oprname)
                                      FROM pg_operator o
                                      JOIN pg_namespace s ON s.oid = o.oprnamespace
                                      WHERE o.oid = a.aggsortop),
                      CASE WHEN a.aggkind = 'h' THEN 'hypothetical' END,
                      'parallel = ' || CASE p.proparallel WHEN 's' THEN 'safe'
                                                          WHEN 'r' THEN 'restricted' END)),
             '{}'::text[]
      FROM pg_aggregate a
      JOIN pg_proc p ON p.oid = a.aggfnoid
      JOIN pg_namespace n ON n.oid = p.pronamespace
      WHERE {ours n.oid} AND {own pg_proc p.oid}
      """;

  // The half of a pair that is made first brings the other one as a shell.
  private static final String OPERATORS =
      """
      SELECT 'pg_operator'::regclass, o.oid, 'operator', o.oid::regoperator::text, NULL::oid,
             format('OPERATOR %I.%s (%s, %s)', n.nspname, o.oprname,
                    coalesce(format_type(nullif(o.oprleft, 0), NULL), 'NONE'),
                    format_type(o.oprright, NULL)), o.oprowner,
             format('CREATE OPERATOR %I.%s (%s)', n.nspname, o.oprname,
                    concat_ws(', ', 'function = ' || o.oprcode,
                      'leftarg = ' || format_type(nullif(o.oprleft, 0), NULL),
                      'rightarg = ' || format_type(o.oprright, NULL),
                      (SELECT format('commutator = OPERATOR(%I.%s)', s.nspname, x.oprname)
                       FROM pg_operator x JOIN pg_namespace s ON s.oid = x.oprnamespace
                       WHERE x.oid = o.oprcom),
                      (SELECT format('negator = OPERATOR(%I.%s)', s.nspname, x.oprname)
                       FROM pg_operator x JOIN pg_namespace s ON s.oid = x.oprnamespace
                       WHERE x.oid = o.oprnegate),
                      'restrict = ' || nullif(o.oprrest, 0)::regproc,
                      'join = ' || nullif(o.oprjoin, 0)::regproc,
                      CASE WHEN o.oprcanhash THEN 'hashes' END,
                      CASE WHEN o.oprcanmerge THEN 'merges' END)), '{}'::text[]
      FROM pg_operator o
      JOIN pg_namespace n ON n.oid = o.oprnamespace
      WHERE o.oprcode <> 0 AND {ours n.oid} AND {own pg_operator o.oid}
      """;

  private static final String CASTS =
      """
      SELECT 'pg_cast'::regclass, c.oid, 'cast',
             format('(%s AS %s)', c.castsource::regtype, c.casttarget::regtype), NULL::oid,
             format('CAST (%s AS %s)', c.castsource::regtype, c.casttarget::regtype), NULL::oid,
             format('CREATE CAST (%s AS %s) ', c.castsource::regtype, c.casttarget::regtype)
             || CASE c.castmethod WHEN 'f' THEN 'WITH FUNCTION ' || c.castfunc::regprocedure
                                  WHEN 'i' THEN 'WITH INOUT' ELSE 'WITHOUT FUNCTION' END
             || CASE c.castcontext WHEN 'a' THEN ' AS ASSIGNMENT' WHEN 'i' THEN ' AS IMPLICIT'
                                   ELSE '' END, '{}'::text[]
      FROM pg_cast c
      WHERE c.oid >= 16384 AND {own pg_cast c.oid}
        AND NOT EXISTS (SELECT FROM pg_depend d
                        WHERE d.classid = 'pg_cast'::regclass AND d.objid = c.oid
                          AND d.deptype = 'i')
      """;

  private RoutineQueries() {}

  static List<String> all() {
    return List.of(ROUTINES, AGGREGATES, OPERATORS, CASTS);
  }
}
