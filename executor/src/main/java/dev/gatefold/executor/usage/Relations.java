package dev.gatefold.executor.usage;

import dev.gatefold.executor.database.Query;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.plan.StageName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Under which names a column can be reached: its own, by partitions, by views over views. */
final class Relations {

  private static final String TREE =
      """
      SELECT relid FROM pg_partition_tree(?::oid::regclass) UNION SELECT ?::oid""";

  /** Views, and tables with rules, that speak of the table, whatever columns of it. */
  private static final String OVER_TABLE =
      """
      SELECT n.nspname, c.relname, c.oid,
             bool_or(a.attname = ?),
             CASE WHEN c.relkind IN ('v', 'm') THEN pg_get_viewdef(c.oid) ELSE '' END
      FROM pg_depend d
      JOIN pg_rewrite r ON d.classid = 'pg_rewrite'::regclass AND r.oid = d.objid
      JOIN pg_class c ON c.oid = r.ev_class
      JOIN pg_namespace n ON n.oid = c.relnamespace
      LEFT JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
      WHERE d.refclassid = 'pg_class'::regclass AND r.ev_class <> d.refobjid
        AND d.refobjid IN (%s)
      GROUP BY n.nspname, c.relname, c.oid, c.relkind"""
          .formatted(TREE);

  private static final String OVER_VIEWS =
      """
      WITH RECURSIVE over (oid) AS (
        SELECT v::oid FROM unnest(?) v
        UNION
        SELECT r.ev_class FROM over
        JOIN pg_depend d ON d.refclassid = 'pg_class'::regclass AND d.refobjid = over.oid
        JOIN pg_rewrite r ON d.classid = 'pg_rewrite'::regclass AND r.oid = d.objid)
      SELECT n.nspname, c.relname
      FROM over JOIN pg_class c USING (oid) JOIN pg_namespace n ON n.oid = c.relnamespace""";

  private Relations() {}

  /** What to look for when the gate of the stage is asked. */
  static Search search(Connection connection, OldColumn column, StageName stage)
      throws SQLException {
    List<TableName> tables =
        Query.of(
                """
                SELECT n.nspname, c.relname
                FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE c.oid IN (%s)"""
                    .formatted(TREE),
                column.oid(),
                column.oid())
            .list(connection, Relations::name);
    Set<String> names = names(connection, column, stage);
    return Search.of(
        tables, views(connection, column, stage, Search.of(tables, Set.of(), names)), names);
  }

  /** After {@code retire} the old name still counts, unless another column has it by now. */
  private static Set<String> names(Connection connection, OldColumn column, StageName stage)
      throws SQLException {
    Set<String> names = new HashSet<>(Set.of(column.nameBefore(stage).value()));
    boolean anothers =
        stage == StageName.DROP
            && Query.of(
                    """
                    SELECT EXISTS (
                      SELECT FROM pg_attribute
                      WHERE attrelid = ?::oid AND attname = ? AND NOT attisdropped)""",
                    column.oid(),
                    column.name().value())
                .isTrue(connection);
    if (!anothers) {
      names.add(column.name().value());
    }
    return names;
  }

  private record View(TableName name, long oid, boolean reads, String definition) {}

  private static List<TableName> views(
      Connection connection, OldColumn column, StageName stage, Search ofTable)
      throws SQLException {
    List<String> reading =
        Query.of(OVER_TABLE, column.nameBefore(stage).value(), column.oid(), column.oid())
            .list(
                connection,
                row -> new View(name(row), row.getLong(3), row.getBoolean(4), row.getString(5)))
            .stream()
            // A view over whole rows depends on no column of theirs.
            .filter(view -> view.reads() || Mentions.inCode(view.definition(), ofTable))
            .map(view -> String.valueOf(view.oid()))
            .toList();
    return Query.of(OVER_VIEWS, reading).list(connection, Relations::name);
  }

  private static TableName name(ResultSet row) throws SQLException {
    return new TableName(new Identifier(row.getString(1)), new Identifier(row.getString(2)));
  }
}
