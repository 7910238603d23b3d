package dev.gatefold.planner.catalog;

import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.schema.Column;
import dev.gatefold.planner.schema.Table;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads one table with all that belongs to it. */
final class TableCatalog {

  private static final String TABLE =
      """
      SELECT c.oid,
             CASE WHEN c.relkind = 'p' THEN
               (SELECT coalesce(sum(greatest(l.reltuples, 0)), 0)
                FROM pg_partition_tree(c.oid::regclass) t
                JOIN pg_class l ON l.oid = t.relid
                WHERE t.isleaf)
             ELSE c.reltuples END::bigint AS rows,
             pg_has_role(c.relowner, 'USAGE') AS owned,
             pg_has_role(c.relowner, 'MEMBER') AND NOT pg_has_role(c.relowner, 'USAGE')
               AS member_only,
             c.relrowsecurity,
             row_security_active(c.oid)
               OR EXISTS (SELECT FROM pg_partition_tree(c.oid::regclass) t
                          WHERE row_security_active(t.relid)) AS policies_apply,
             NOT has_schema_privilege(n.oid, 'CREATE') AS schema_closed,
             c.relpersistence = 'u' AS unlogged,
             (SELECT max(a.attnum) FROM pg_attribute a WHERE a.attrelid = c.oid) AS last_attnum,
             EXISTS (SELECT FROM pg_publication_tables p
                     WHERE p.schemaname = n.nspname AND p.tablename = c.relname) AS published,
             EXISTS (SELECT FROM pg_subscription_rel s WHERE s.srrelid = c.oid) AS subscribed,
             EXISTS (SELECT FROM pg_publication_tables p
                     JOIN pg_publication b ON b.pubname = p.pubname AND b.pubupdate
                     WHERE p.schemaname = n.nspname AND p.tablename = c.relname)
               AND u.unidentified AS without_identity,
             c.relreplident = 'f' AS identified_whole,
             u.unidentified,
             CASE WHEN c.relkind = 'f' THEN 'FOREIGN'
                  WHEN c.relispartition THEN 'PARTITION'
                  WHEN c.relkind = 'p' THEN 'PARTITIONED'
                  WHEN c.relkind = 'v' THEN 'VIEW'
                  WHEN c.relkind <> 'r' THEN 'OTHER'
                  WHEN EXISTS (SELECT FROM pg_inherits i WHERE c.oid IN (i.inhrelid, i.inhparent))
                  THEN 'INHERITED'
                  ELSE 'ORDINARY' END AS kind
      FROM pg_class c
      JOIN pg_namespace n ON n.oid = c.relnamespace
      CROSS JOIN LATERAL (
        SELECT c.relreplident <> 'f'
               AND NOT EXISTS (SELECT FROM pg_index i
                               WHERE i.indrelid = c.oid AND i.indisvalid AND i.indimmediate
                                 AND CASE c.relreplident WHEN 'd' THEN i.indisprimary
                                                         WHEN 'i' THEN i.indisreplident
                                                         ELSE false END) AS unidentified) u
      WHERE n.nspname = ? AND c.relname = ? AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
      """;

  private final Session session;

  TableCatalog(Session session) {
    this.session = session;
  }

  /**
   * Reads a table.
   *
   * @param changed names of the columns whose dependents are asked for
   */
  Optional<Table> read(TableName name, Set<Identifier> changed) throws SQLException {
    List<Table> found =
        session.list(
            row -> table(name, changed, row), TABLE, name.schema().value(), name.name().value());
    return found.stream().findFirst();
  }

  private Table table(TableName name, Set<Identifier> changed, ResultSet row) throws SQLException {
    long oid = row.getLong("oid");
    List<Column> columns = new ColumnCatalog(session).read(oid);
    List<Integer> numbers =
        columns.stream().filter(c -> changed.contains(c.name())).map(Column::attnum).toList();
    Table.Kind kind = Table.Kind.valueOf(row.getString("kind"));
    FollowerCatalog followers = new FollowerCatalog(session);
    return new Table(
        name,
        oid,
        kind,
        row.getBoolean("owned"),
        row.getLong("rows"),
        new LoadCatalog(session).read(oid),
        row.getInt("last_attnum"),
        new KeyCatalog(session).read(oid),
        columns,
        new IndexCatalog(session).read(oid),
        new ConstraintCatalog(session).read(oid),
        new TriggerCatalog(session).read(oid),
        new StatisticsCatalog(session).read(oid),
        new PublicationCatalog(session).read(oid),
        new IncomingCatalog(session).read(oid),
        new DependentCatalog(session).read(oid, numbers),
        followers.read(oid, numbers),
        followers.wholeRows(oid),
        new RightsCatalog(session).read(oid),
        new PartitionCatalog(session, this).read(oid, kind, changed),
        traits(row));
  }

  private static List<Table.Trait> traits(ResultSet row) throws SQLException {
    Map<String, Table.Trait> columns = new LinkedHashMap<>();
    columns.put("relrowsecurity", Table.Trait.ROW_SECURITY);
    columns.put("policies_apply", Table.Trait.POLICIES_APPLY);
    columns.put("member_only", Table.Trait.MEMBER_ONLY);
    columns.put("schema_closed", Table.Trait.SCHEMA_CLOSED);
    columns.put("published", Table.Trait.PUBLISHED);
    columns.put("subscribed", Table.Trait.SUBSCRIBED);
    columns.put("without_identity", Table.Trait.WITHOUT_IDENTITY);
    columns.put("identified_whole", Table.Trait.IDENTIFIED_WHOLE);
    columns.put("unidentified", Table.Trait.UNIDENTIFIED);
    columns.put("unlogged", Table.Trait.UNLOGGED);
    List<Table.Trait> traits = new ArrayList<>();
    for (Map.Entry<String, Table.Trait> column : columns.entrySet()) {
      if (row.getBoolean(column.getKey())) {
        traits.add(column.getValue());
      }
    }
    return traits;
  }
}
