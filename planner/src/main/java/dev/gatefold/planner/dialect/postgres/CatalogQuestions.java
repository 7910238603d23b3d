package dev.gatefold.planner.dialect.postgres;

import dev.gatefold.planner.dialect.Dialect.Hanging;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.Literal;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.plan.Check;
import dev.gatefold.planner.schema.Index;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Questions to {@code pg_catalog} by which a step makes sure that it touches what was meant. */
final class CatalogQuestions {

  private CatalogQuestions() {}

  static Check tableIs(TableName table, long oid) {
    return new Check(
        "SELECT pg_catalog.to_regclass(%s)::pg_catalog.oid IS NOT DISTINCT FROM %d::pg_catalog.oid"
            .formatted(Literal.of(table.quoted()), oid),
        "%s is not the table that the plan was made for".formatted(table));
  }

  static Check carriesOnly(long table, int attnum, Hanging hanging) {
    return new Check(
        """
        WITH found AS (
          SELECT
            ARRAY(SELECT i.relname::text
                  FROM pg_catalog.pg_index x
                  JOIN pg_catalog.pg_class i ON i.oid = x.indexrelid
                  WHERE x.indrelid = %1$d
                    AND (%2$d = ANY (x.indkey::int2[]) OR EXISTS (
                      SELECT FROM pg_catalog.pg_depend d
                      WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
                        AND d.objid = x.indexrelid
                        AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
                        AND d.refobjid = x.indrelid AND d.refobjsubid = %2$d))) AS indexes,
            ARRAY(SELECT c.conname::text
                  FROM pg_catalog.pg_constraint c
                  WHERE c.conrelid = %1$d AND c.contype <> 'n'
                    AND (%2$d = ANY (c.conkey) OR EXISTS (
                      SELECT FROM pg_catalog.pg_index x
                      WHERE x.indexrelid = c.conindid AND x.indrelid = c.conrelid
                        AND c.contype <> 'f' AND %2$d = ANY (x.indkey::int2[]))))
              AS constraints,
            ARRAY(SELECT n.nspname || '.' || s.stxname
                  FROM pg_catalog.pg_statistic_ext s
                  JOIN pg_catalog.pg_namespace n ON n.oid = s.stxnamespace
                  WHERE s.stxrelid = %1$d AND EXISTS (
                    SELECT FROM pg_catalog.pg_depend d
                    WHERE d.classid = 'pg_catalog.pg_statistic_ext'::pg_catalog.regclass
                      AND d.objid = s.oid
                      AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
                      AND d.refobjid = %1$d AND d.refobjsubid = %2$d)) AS statistics,
            ARRAY(SELECT p.pubname::text
                  FROM pg_catalog.pg_publication_rel r
                  JOIN pg_catalog.pg_publication p ON p.oid = r.prpubid
                  WHERE r.prrelid = %1$d AND EXISTS (
                    SELECT FROM pg_catalog.pg_depend d
                    WHERE d.classid = 'pg_catalog.pg_publication_rel'::pg_catalog.regclass
                      AND d.objid = r.oid
                      AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
                      AND d.refobjid = %1$d AND d.refobjsubid = %2$d)) AS publications)
        SELECT indexes @> %3$s AND indexes <@ %3$s AND constraints @> %4$s AND constraints <@ %4$s
          AND statistics @> %5$s AND statistics <@ %5$s
          AND publications @> %6$s AND publications <@ %6$s
        FROM found"""
            .formatted(
                table,
                attnum,
                array(hanging.indexes().stream().map(Identifier::value)),
                array(hanging.constraints().stream().map(Identifier::value)),
                array(
                    hanging.statistics().stream()
                        .map(name -> name.schema().value() + "." + name.name().value())),
                array(hanging.publications().stream().map(Identifier::value))),
        "an index, constraint, statistics object or publication of the old column was added or"
            + " dropped since the plan was made");
  }

  static Check readBy(long table, int attnum, List<String> identities) {
    return new Check(
        """
        WITH found AS (
          SELECT ARRAY(
            SELECT i.type || ' ' || i.identity
            FROM pg_catalog.pg_depend d
            LEFT JOIN pg_catalog.pg_rewrite r
              ON d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass AND r.oid = d.objid
             AND r.rulename = '_RETURN'
            LEFT JOIN pg_catalog.pg_trigger t
              ON d.classid = 'pg_catalog.pg_trigger'::pg_catalog.regclass AND t.oid = d.objid
            CROSS JOIN LATERAL pg_catalog.pg_identify_object(
              CASE WHEN r.oid IS NULL THEN d.classid ELSE 'pg_catalog.pg_class'::pg_catalog.regclass END,
              coalesce(r.ev_class, d.objid), 0) i
            WHERE d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
              AND d.refobjid = %1$d AND d.refobjsubid = %2$d AND d.deptype IN ('n', 'a')
              AND d.classid IN ('pg_catalog.pg_rewrite'::pg_catalog.regclass,
                                'pg_catalog.pg_policy'::pg_catalog.regclass,
                                'pg_catalog.pg_trigger'::pg_catalog.regclass,
                                'pg_catalog.pg_proc'::pg_catalog.regclass)
              AND NOT coalesce(t.tgisinternal OR t.tgparentid <> 0 OR t.tgname LIKE '~gatefold\\_%%', false)) AS readers)
        SELECT readers @> %3$s AND readers <@ %3$s FROM found"""
            .formatted(table, attnum, array(identities.stream())),
        "a view, rule, policy, trigger or function over the old column was made or dropped since the"
            + " plan was made");
  }

  private static String array(Stream<String> names) {
    return names.map(Literal::of).collect(Collectors.joining(", ", "ARRAY[", "]::text[]"));
  }

  static Check columnIs(long table, int attnum, Identifier name) {
    return new Check(
        """
        SELECT EXISTS (
          SELECT FROM pg_catalog.pg_attribute
          WHERE attrelid = %d AND attnum = %d AND attname = %s AND NOT attisdropped)"""
            .formatted(table, attnum, Literal.of(name.value())),
        "column %s is not the one that the plan was made for".formatted(name.quoted()));
  }

  static Check columnIsNew(long table, int lastAttnum, Identifier name) {
    return new Check(
        """
        SELECT EXISTS (
          SELECT FROM pg_catalog.pg_attribute
          WHERE attrelid = %d AND attnum > %d AND attname = %s AND NOT attisdropped)"""
            .formatted(table, lastAttnum, Literal.of(name.value())),
        "column %s is not the one that the plan added".formatted(name.quoted()));
  }

  static Check indexIsValid(Identifier schema, Identifier index, Index like) {
    return new Check(
        """
        SELECT EXISTS (
          SELECT FROM pg_catalog.pg_index x
          JOIN pg_catalog.pg_class c ON c.oid = x.indexrelid
          JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
          WHERE n.nspname = %s AND c.relname = %s AND x.indisvalid
            AND pg_catalog.obj_description(c.oid, 'pg_class') IS NOT DISTINCT FROM %s
            AND ARRAY(SELECT a.attnum || '=' || a.attstattarget
                      FROM pg_catalog.pg_attribute a
                      WHERE a.attrelid = c.oid AND a.attstattarget >= 0
                      ORDER BY a.attnum) = %s)"""
            .formatted(
                Literal.of(schema.value()),
                Literal.of(index.value()),
                like.comment().map(Literal::of).orElse("NULL"),
                array(
                    like.targets().stream().map(target -> target.column() + "=" + target.value()))),
        "index %s is not there or not valid".formatted(index.quoted()));
  }

  static Check indexIsGone(Identifier schema, Identifier index) {
    return new Check(
        """
        SELECT NOT EXISTS (
          SELECT FROM pg_catalog.pg_class c
          JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
          WHERE n.nspname = %s AND c.relname = %s AND c.relkind IN ('i', 'I'))"""
            .formatted(Literal.of(schema.value()), Literal.of(index.value())),
        "index %s is still there".formatted(index.quoted()));
  }

  static Check constraintIsValid(long table, Identifier constraint) {
    return new Check(
        """
        SELECT EXISTS (
          SELECT FROM pg_catalog.pg_constraint
          WHERE conrelid = %d AND conname = %s AND convalidated)"""
            .formatted(table, Literal.of(constraint.value())),
        "constraint %s is not there or not validated".formatted(constraint.quoted()));
  }
}
