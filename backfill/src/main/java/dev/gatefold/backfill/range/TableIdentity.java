package dev.gatefold.backfill.range;

import dev.gatefold.backfill.session.BoundStatement;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.plan.RowMapping;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Which table a name means, and which file it lies in. Immutable and thread-safe.
 *
 * @param oid stays the same as long as it is the same table
 * @param relfilenode changes when the table is rewritten (CLUSTER, VACUUM FULL, pg_repack), which
 *     moves rows but no key; 0 for a partitioned table
 */
public record TableIdentity(long oid, long relfilenode) {

  /**
   * Reads what the mapping's table is now.
   *
   * <p>Only what is read after a statement of the same transaction has locked the table stays true
   * until the transaction ends.
   *
   * @return empty where the name means no table any more, or another one
   */
  public static Optional<TableIdentity> read(Connection connection, RowMapping mapping)
      throws SQLException {
    return named(connection, mapping.table()).filter(table -> table.oid() == mapping.oid());
  }

  /** Why a pass stops where {@link #read} is empty. */
  public static String gone(RowMapping mapping) {
    return "%s is not the table with OID %d any more: it was dropped, renamed or replaced"
        .formatted(mapping.table(), mapping.oid());
  }

  private static Optional<TableIdentity> named(Connection connection, TableName table)
      throws SQLException {
    return BoundStatement.of(
            """
            SELECT c.oid, coalesce(pg_catalog.pg_relation_filenode(c.oid), 0)
            FROM pg_catalog.pg_class AS c
            JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
            WHERE n.nspname = ?::name AND c.relname = ?::name
            """,
            List.of(table.schema().value(), table.name().value()))
        .query(
            connection,
            rows ->
                rows.next()
                    ? Optional.of(new TableIdentity(rows.getLong(1), rows.getLong(2)))
                    : Optional.empty());
  }
}
