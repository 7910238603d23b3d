package dev.gatefold.planner.catalog;

import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.schema.Partitioning;
import dev.gatefold.planner.schema.Table;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads where a table stands in its tree. */
final class PartitionCatalog {

  private static final String ABOVE =
      """
      WITH RECURSIVE above AS (
        SELECT i.inhparent AS oid, 1 AS level FROM pg_inherits i WHERE i.inhrelid = ?::oid
        UNION ALL
        SELECT i.inhparent, a.level + 1 FROM above a JOIN pg_inherits i ON i.inhrelid = a.oid
      )
      SELECT n.nspname, c.relname
      FROM above a
      JOIN pg_class c ON c.oid = a.oid
      JOIN pg_namespace n ON n.oid = c.relnamespace
      ORDER BY a.level DESC, n.nspname, c.relname
      LIMIT 1
      """;

  // The server records that it must not let go of a column of the key, in expressions too.
  private static final String KEY =
      """
      SELECT d.objsubid
      FROM pg_depend d
      JOIN pg_partitioned_table p ON p.partrelid = d.refobjid
      WHERE d.classid = 'pg_class'::regclass AND d.objid = ?::oid AND d.objsubid > 0
        AND d.refclassid = 'pg_class'::regclass AND d.refobjid = d.objid AND d.refobjsubid = 0
        AND d.deptype = 'i'
      """;

  private static final String PARTITIONS =
      """
      SELECT n.nspname, c.relname
      FROM pg_partition_tree(?::oid::regclass) t
      JOIN pg_class c ON c.oid = t.relid
      JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE t.level > 0
      ORDER BY t.level, c.oid
      """;

  private final Session session;
  private final TableCatalog tables;

  PartitionCatalog(Session session, TableCatalog tables) {
    this.session = session;
    this.tables = tables;
  }

  Partitioning read(long table, Table.Kind kind, Set<Identifier> changed) throws SQLException {
    Optional<TableName> above =
        session.list(PartitionCatalog::name, ABOVE, table).stream().findFirst();
    Set<Integer> key =
        session.list(row -> row.getInt(1), KEY, table).stream().collect(Collectors.toSet());
    List<Table> partitions = new ArrayList<>();
    if (kind == Table.Kind.PARTITIONED) {
      for (TableName partition : session.list(PartitionCatalog::name, PARTITIONS, table)) {
        tables.read(partition, changed).ifPresent(partitions::add);
      }
    }
    return new Partitioning(above, key, partitions);
  }

  private static TableName name(ResultSet row) throws SQLException {
    return new TableName(new Identifier(row.getString(1)), new Identifier(row.getString(2)));
  }
}
