package dev.gatefold.planner.snapshot;

import dev.gatefold.planner.catalog.LoadCatalog;

/** What of the catalog hangs together with what. */
final class EdgeQueries {

  /** What is a part of another object, or comes with it. */
  static final String ALIASES =
      """
      SELECT 'pg_type'::regclass::oid::bigint, t.oid::bigint, 'pg_class'::regclass::oid::bigint, t.typrelid::bigint
      FROM pg_type t WHERE t.typrelid <> 0
      UNION ALL
      SELECT 'pg_type'::regclass::oid, t.typarray, 'pg_type'::regclass::oid, t.oid
      FROM pg_type t WHERE t.typarray <> 0
      UNION ALL
      SELECT 'pg_type'::regclass::oid, r.rngmultitypid, 'pg_type'::regclass::oid, r.rngtypid
      FROM pg_range r
      UNION ALL
      SELECT 'pg_class'::regclass::oid, k.conindid, 'pg_constraint'::regclass::oid, k.oid
      FROM pg_constraint k WHERE k.contype IN ('p', 'u', 'x')
      UNION ALL
      SELECT 'pg_rewrite'::regclass::oid, r.oid, 'pg_class'::regclass::oid, r.ev_class
      FROM pg_rewrite r WHERE r.rulename = '_RETURN'
      UNION ALL
      SELECT 'pg_attrdef'::regclass::oid, d.oid, 'pg_class'::regclass::oid, d.adrelid
      FROM pg_attrdef d
      UNION ALL
      SELECT 'pg_proc'::regclass::oid, d.objid, d.refclassid, d.refobjid
      FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.deptype = 'i'
      UNION ALL
      SELECT d.classid, d.objid, d.refclassid, d.refobjid
      FROM pg_depend d WHERE d.deptype = 'e'\
      """;

  // Not those between partitions and their parents, whose places are taken at the end.
  static final String EDGES =
      """
      SELECT DISTINCT classid::bigint, objid::bigint, refclassid::bigint, refobjid::bigint
      FROM pg_depend
      WHERE deptype IN ('n', 'a', 'i') AND objid >= 16384
        AND NOT (classid = 'pg_class'::regclass AND refclassid = 'pg_class'::regclass
                 AND objsubid = 0 AND refobjsubid = 0
                 AND EXISTS (SELECT FROM pg_inherits WHERE inhrelid = objid AND inhparent = refobjid))\
      """;

  static final String COMMENTS =
      """
      SELECT d.classoid::bigint, d.objoid::bigint, quote_ident(a.attname), quote_literal(d.description)
      FROM pg_description d
      LEFT JOIN pg_attribute a
        ON d.classoid = 'pg_class'::regclass AND a.attrelid = d.objoid AND a.attnum = d.objsubid
       AND a.attnum > 0
      WHERE d.objsubid = 0 OR a.attname IS NOT NULL AND NOT a.attisdropped
      ORDER BY d.classoid, d.objoid, d.objsubid\
      """;

  static final String SIZES =
      CatalogText.of(
          """
          SELECT c.oid::regclass::text AS name, c.reltuples::bigint AS rows, c.relpages AS pages, l.*
          FROM pg_class c
          CROSS JOIN LATERAL (%s) AS l
          WHERE c.relkind IN ('r', 'p', 'm') AND c.relpersistence <> 't'
            AND {ours c.relnamespace} AND {own pg_class c.oid}
          ORDER BY 1\
          """
              .formatted(LoadCatalog.of("c.oid")));

  static final String UNDER_WAY =
      """
      SELECT DISTINCT t.tgrelid::regclass::text
      FROM pg_trigger t
      WHERE starts_with(t.tgname, '~gatefold_')
      ORDER BY 1\
      """;

  /** What is known by name only, and why. */
  static final String LEFT_OUT =
      CatalogText.of(
          """
          SELECT 'base type ' || t.oid::regtype, 'it is made of functions in C'
          FROM pg_type t
          WHERE t.typtype = 'b' AND t.typsubscript <> 'array_subscript_handler'::regproc
            AND {ours t.typnamespace} AND {own pg_type t.oid}
          UNION ALL
          SELECT format('operator class %I.%I', n.nspname, o.opcname), 'this version does not write it'
          FROM pg_opclass o JOIN pg_namespace n ON n.oid = o.opcnamespace
          WHERE {ours n.oid} AND {own pg_opclass o.oid}
          UNION ALL
          SELECT format('text search configuration %I.%I', n.nspname, c.cfgname),
                 'this version does not write it'
          FROM pg_ts_config c JOIN pg_namespace n ON n.oid = c.cfgnamespace
          WHERE {ours n.oid} AND {own pg_ts_config c.oid}
          UNION ALL
          SELECT format('text search dictionary %I.%I', n.nspname, d.dictname),
                 'this version does not write it'
          FROM pg_ts_dict d JOIN pg_namespace n ON n.oid = d.dictnamespace
          WHERE {ours n.oid} AND {own pg_ts_dict d.oid}
          UNION ALL
          SELECT 'event trigger ' || quote_ident(e.evtname), 'it would run while the schema is made'
          FROM pg_event_trigger e WHERE {own pg_event_trigger e.oid}
          ORDER BY 1\
          """);

  private EdgeQueries() {}
}
