package dev.gatefold.backfill.lease;

import dev.gatefold.backfill.range.Key;
import dev.gatefold.backfill.range.Ranges;
import dev.gatefold.backfill.range.TableIdentity;
import dev.gatefold.backfill.session.BoundStatement;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.plan.RowMapping;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The parts of a backfill, in {@code gatefold.backfill_part}. Immutable and thread-safe. */
final class PartTable {

  /** Columns of a part, for {@link #read}. */
  static final String COLUMNS =
      "p.id, p.schema_name, p.table_name, p.table_oid, p.rows_per_block, p.frontier, p.end_key";

  /**
   * Whether something of a part {@code p} was not given away yet. Of arrays of texts any schema
   * could have an equality of its own, which would come before that of all arrays.
   */
  static final String REMAINS = "(p.frontier OPERATOR(pg_catalog.=) p.end_key) IS NOT TRUE";

  private final RowMapping mapping;

  PartTable(RowMapping mapping) {
    this.mapping = mapping;
  }

  /**
   * Makes the parts those of the table as it is: adds partitions that hold rows, takes out those
   * that are gone, and begins anew where rows lie elsewhere by now. The backfill's row is locked.
   * Answers why that cannot be; empty where it is done.
   */
  Optional<String> refresh(Connection connection, long backfill) throws SQLException {
    Optional<String> objection = foreign(connection);
    if (objection.isPresent()) {
      return objection;
    }
    List<RowMapping> leaves = leaves(connection);
    delete(
        connection,
        "p.backfill_id = ?::bigint AND p.table_oid <> ALL (?::bigint[])",
        List.of(
            Long.toString(backfill),
            leaves.stream()
                .map(leaf -> Long.toString(leaf.oid()))
                .collect(Collectors.joining(",", "{", "}"))));
    for (RowMapping leaf : leaves) {
      refresh(connection, backfill, leaf);
    }
    return Optional.empty();
  }

  /** Of a partition that lies elsewhere there are no blocks here. */
  private Optional<String> foreign(Connection connection) throws SQLException {
    return BoundStatement.of(
            """
            SELECT leaf.relid::text FROM pg_catalog.pg_partition_tree(?::oid::regclass) AS leaf
            JOIN pg_catalog.pg_class AS c ON c.oid = leaf.relid
            WHERE leaf.isleaf AND c.relkind NOT IN ('r', 'p') LIMIT 1
            """,
            List.of(Long.toString(mapping.oid())))
        .query(
            connection,
            rows ->
                mapping.byBlocks() && rows.next()
                    ? Optional.of(
                        "the partition %s is no ordinary table: its rows lie elsewhere"
                            .formatted(rows.getString(1)))
                    : Optional.empty());
  }

  private void refresh(Connection connection, long backfill, RowMapping leaf) throws SQLException {
    // First, since it locks the table: its file stays what it is until the transaction ends.
    Optional<Key> end = Ranges.of(leaf).end(connection);
    Optional<TableIdentity> table = TableIdentity.read(connection, leaf);
    if (table.isEmpty()) {
      return;
    }
    String file = leaf.byBlocks() ? Long.toString(table.get().relfilenode()) : "";
    delete(
        connection,
        """
        p.backfill_id = ?::bigint AND p.table_oid = ?::bigint
          AND (p.schema_name, p.table_name, p.relfilenode)
            IS DISTINCT FROM (?::text, ?::text, nullif(?::text, '')::bigint)""",
        List.of(
            Long.toString(backfill),
            Long.toString(leaf.oid()),
            leaf.table().schema().value(),
            leaf.table().name().value(),
            file));
    if (end.isPresent()) {
      insert(connection, backfill, leaf, file, end.get());
    }
  }

  /** As a replica, as which a batch may work, no foreign key deletes what hangs on a part. */
  private static void delete(Connection connection, String parts, List<String> parameters)
      throws SQLException {
    BoundStatement.of(
            """
            DELETE FROM gatefold.backfill_range AS r USING gatefold.backfill_part AS p
            WHERE p.id = r.part_id AND %s
            """
                .formatted(parts),
            parameters)
        .run(connection);
    BoundStatement.of("DELETE FROM gatefold.backfill_part AS p WHERE " + parts, parameters)
        .run(connection);
  }

  private static void insert(
      Connection connection, long backfill, RowMapping leaf, String file, Key end)
      throws SQLException {
    List<String> parameters = new ArrayList<>();
    parameters.addAll(
        List.of(
            Long.toString(backfill),
            leaf.table().schema().value(),
            leaf.table().name().value(),
            file));
    parameters.addAll(end.values());
    parameters.add(Long.toString(leaf.oid()));
    BoundStatement.of(
            """
            INSERT INTO gatefold.backfill_part
              (backfill_id, table_oid, schema_name, table_name, relfilenode, end_key, rows_per_block)
            SELECT ?::bigint, c.oid, ?, ?, nullif(?::text, '')::bigint, %s,
                   CASE WHEN c.reltuples > 0::real AND c.relpages > 0
                        THEN c.reltuples / c.relpages::real ELSE 0 END
            FROM pg_catalog.pg_class AS c WHERE c.oid = ?::oid
            ON CONFLICT (backfill_id, table_oid) DO NOTHING
            """
                .formatted(Keys.array(end)),
            parameters)
        .run(connection);
  }

  /** Where places are blocks, each table that has some; a key runs through all partitions. */
  private List<RowMapping> leaves(Connection connection) throws SQLException {
    if (!mapping.byBlocks()) {
      return List.of(mapping);
    }
    List<RowMapping> partitions =
        BoundStatement.of(
                """
                SELECT n.nspname, c.relname, c.oid
                FROM pg_catalog.pg_partition_tree(?::oid::regclass) AS leaf
                JOIN pg_catalog.pg_class AS c ON c.oid = leaf.relid
                JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
                WHERE leaf.isleaf AND c.relkind = 'r' AND c.oid <> ?::oid
                ORDER BY c.oid
                """,
                List.of(Long.toString(mapping.oid()), Long.toString(mapping.oid())))
            .query(connection, this::partitions);
    return partitions.isEmpty() ? List.of(mapping) : partitions;
  }

  private List<RowMapping> partitions(ResultSet rows) throws SQLException {
    List<RowMapping> partitions = new ArrayList<>();
    while (rows.next()) {
      partitions.add(
          mapping.of(
              new TableName(new Identifier(rows.getString(1)), new Identifier(rows.getString(2))),
              rows.getLong(3)));
    }
    return partitions;
  }

  /**
   * The first part of which something was not given away yet.
   *
   * @param lock such as FOR UPDATE, or nothing
   */
  Optional<Part> unfinished(Connection connection, long backfill, String lock) throws SQLException {
    return BoundStatement.of(
            """
            SELECT %s FROM gatefold.backfill_part AS p
            WHERE p.backfill_id = ?::bigint AND %s
            ORDER BY p.id LIMIT 1 %s
            """
                .formatted(COLUMNS, REMAINS, lock),
            List.of(Long.toString(backfill)))
        .query(connection, rows -> rows.next() ? Optional.of(read(rows)) : Optional.empty());
  }

  void advance(Connection connection, Part part, Key frontier) throws SQLException {
    List<String> parameters = new ArrayList<>(frontier.values());
    parameters.add(Long.toString(part.id()));
    BoundStatement.of(
            "UPDATE gatefold.backfill_part SET frontier = %s WHERE id = ?::bigint"
                .formatted(Keys.array(frontier)),
            parameters)
        .run(connection);
  }

  static Part read(ResultSet row) throws SQLException {
    return new Part(
        row.getLong("id"),
        new TableName(
            new Identifier(row.getString("schema_name")),
            new Identifier(row.getString("table_name"))),
        row.getLong("table_oid"),
        row.getDouble("rows_per_block"),
        Keys.read(row, "frontier"),
        Keys.read(row, "end_key").orElseThrow());
  }
}
