package dev.gatefold.planner.dialect.postgres;

import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.Literal;
import dev.gatefold.planner.name.TableName;
import java.util.List;
import java.util.stream.Collectors;

/** NOT NULL of a partitioned table on PostgreSQL 18 and later, where it is a constraint. */
final class PartitionedNotNull {

  private PartitionedNotNull() {}

  /**
   * The server knows no other way to take from a partition what an index that became its primary
   * key has given it: to be the one to decide on its NOT NULL. In one transaction, so that NULL is
   * refused all the time; only the look at the rows that are there comes later.
   */
  static String inheritAgain(TableName table, List<Identifier> columns) {
    return PartitionText.block(
        """
        FOR r IN
          SELECT k.conname, a.attname
          FROM pg_catalog.pg_constraint k
          JOIN pg_catalog.pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1]
          WHERE k.conrelid = %1$s AND k.contype = 'n' AND a.attname IN (%2$s)
          ORDER BY a.attnum
        LOOP
          EXECUTE pg_catalog.format('ALTER TABLE %3$s DROP CONSTRAINT %%I', r.conname);
          EXECUTE coalesce((
            SELECT pg_catalog.string_agg(
                     pg_catalog.format('ALTER TABLE %%s ALTER COLUMN %%I DROP NOT NULL',
                                       t.relid, r.attname), ';' ORDER BY t.level, t.relid)
            FROM pg_catalog.pg_partition_tree(%1$s) t
            JOIN pg_catalog.pg_attribute a ON a.attrelid = t.relid AND a.attname = r.attname
            WHERE a.attnotnull), 'SELECT');
          EXECUTE pg_catalog.format(
            'ALTER TABLE %3$s ADD CONSTRAINT %%I NOT NULL %%I NOT VALID', r.conname, r.attname);
        END LOOP;"""
            .formatted(
                PartitionText.regclass(table),
                columns.stream()
                    .map(column -> Literal.of(column.value()))
                    .collect(Collectors.joining(", ")),
                table.quoted().replace("%", "%%").replace("'", "''")));
  }
}
