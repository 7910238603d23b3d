package dev.gatefold.executor.trial;

import dev.gatefold.executor.database.Query;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.name.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What an application can write at a moment.
 *
 * @param parents tables that others refer to
 */
record SampleShape(Map<TableName, SampleRelation> relations, Set<TableName> parents) {

  static SampleShape read(Connection connection) throws SQLException {
    Set<TableName> parents =
        new HashSet<>(
            Query.of(
                    """
                    SELECT DISTINCT n.nspname, c.relname FROM pg_constraint f
                    JOIN pg_class c ON c.oid = f.confrelid
                    JOIN pg_namespace n ON n.oid = c.relnamespace
                    WHERE f.contype = 'f'\
                    """)
                .list(
                    connection,
                    row ->
                        new TableName(
                            new Identifier(row.getString(1)), new Identifier(row.getString(2)))));
    return new SampleShape(SampleRelation.all(connection), parents);
  }
}
