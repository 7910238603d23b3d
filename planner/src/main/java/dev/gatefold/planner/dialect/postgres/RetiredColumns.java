package dev.gatefold.planner.dialect.postgres;

import dev.gatefold.planner.dialect.Retirement;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.Literal;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.plan.Check;
import java.util.List;
import java.util.stream.Collectors;

/** Retired columns of PostgreSQL 14 and later. */
final class RetiredColumns implements Retirement {

  @Override
  public List<String> tell(TableName table, String token, List<Retired> columns, boolean denied) {
    String words =
        columns.stream()
            .map(
                column ->
                    "(%s, %s)"
                        .formatted(Literal.of(column.name().value()), Literal.of(column.words())))
            .collect(Collectors.joining(",\n      "));
    String found =
        """
        FROM %s f (oid)
        JOIN pg_catalog.pg_attribute a ON a.attrelid = f.oid AND NOT a.attisdropped
        JOIN (VALUES
              %s) w (name, words) ON w.name = a.attname"""
            .formatted(family(table), words);
    return List.of(
        """
        INSERT INTO gatefold.retired_column (table_oid, attnum, token, comment, denied)
        SELECT f.oid, a.attnum, %s, pg_catalog.col_description(f.oid, a.attnum), %s
        %s
        ON CONFLICT (table_oid, attnum) DO UPDATE
        SET token = excluded.token, comment = excluded.comment, denied = excluded.denied"""
            .formatted(Literal.of(token), denied, found),
        PartitionText.block(
            """
            FOR r IN
              SELECT f.oid::pg_catalog.regclass AS relation, a.attname, w.words
              %s
            LOOP
              EXECUTE pg_catalog.format('COMMENT ON COLUMN %%s.%%I IS %%L',
                                        r.relation, r.attname, r.words);
            END LOOP;"""
                .formatted(found)));
  }

  @Override
  public List<String> deny(String token) {
    return DeniedRights.take(token);
  }

  @Override
  public List<String> allow(String token) {
    return DeniedRights.giveBack(token);
  }

  @Override
  public List<String> forget(String token) {
    return List.of(
        PartitionText.block(
            """
            FOR r IN
              SELECT a.attrelid::pg_catalog.regclass AS relation, a.attname, k.comment
              FROM gatefold.retired_column k
              JOIN pg_catalog.pg_attribute a
                ON a.attrelid = k.table_oid AND a.attnum = k.attnum AND NOT a.attisdropped
              WHERE k.token = %s
            LOOP
              EXECUTE pg_catalog.format('COMMENT ON COLUMN %%s.%%I IS %%L',
                                        r.relation, r.attname, r.comment);
            END LOOP;"""
                .formatted(Literal.of(token))),
        "DELETE FROM gatefold.retired_column WHERE token = " + Literal.of(token));
  }

  @Override
  public String lend(TableName table, List<Identifier> columns) {
    String names =
        columns.stream()
            .map(column -> Literal.of(column.value()))
            .collect(Collectors.joining(", "));
    return DeniedRights.lend(
        "d.table_oid IN (SELECT f.oid FROM %s f (oid)) AND a.attname IN (%s)"
            .formatted(family(table), names));
  }

  @Override
  public Check grantedByOwner(TableName table) {
    return new Check(
        """
        SELECT NOT EXISTS (
          SELECT FROM %s f (oid)
          JOIN pg_catalog.pg_class c ON c.oid = f.oid
          JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND NOT a.attisdropped
          CROSS JOIN LATERAL (
            SELECT grantor, privilege_type FROM pg_catalog.aclexplode(c.relacl)
            UNION ALL
            SELECT grantor, privilege_type FROM pg_catalog.aclexplode(a.attacl)) g
          WHERE g.grantor <> c.relowner AND g.privilege_type IN %s)"""
            .formatted(family(table), DeniedRights.KINDS),
        "a right on %s was granted by another role than its owner and cannot be put back if it is taken away"
            .formatted(table));
  }

  /** The table and its partitions of now, as a relation of one column. */
  private static String family(TableName table) {
    return """
    (SELECT %1$s::pg_catalog.oid UNION
          SELECT t.relid::pg_catalog.oid FROM pg_catalog.pg_partition_tree(%1$s) t)"""
        .formatted(PartitionText.regclass(table));
  }
}
