package dev.gatefold.executor.migration;

import dev.gatefold.executor.database.Query;
import dev.gatefold.planner.change.ChangeName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** What the team's own Flyway holds for done, as far as it can be seen in the database. */
public final class TeamHistory {

  /** The table's name is a setting; its columns are always the same. */
  private static final String TABLES =
      """
      SELECT format('%I.%I', n.nspname, c.relname)
      FROM pg_class c
      JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind = 'r' AND n.nspname <> 'gatefold'
        AND has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT')
        AND ARRAY['installed_rank', 'version', 'description', 'type', 'script', 'success']::name[]
            <@ ARRAY(SELECT a.attname FROM pg_attribute a WHERE a.attrelid = c.oid)
      ORDER BY 1\
      """;

  /** A repair marks an entry as deleted by one more line. */
  private static final String ENTRY =
      """
      SELECT h.version FROM %1$s h
      WHERE h.success AND h.type = 'SQL' AND h.description = ?
        AND NOT EXISTS (SELECT FROM %1$s d
                        WHERE d.type = 'DELETE' AND d.version = h.version
                          AND d.installed_rank > h.installed_rank)\
      """;

  private TeamHistory() {}

  /** Where the migration of a change is noted as done, in words; empty where it is not. */
  public static Optional<String> entry(Connection connection, ChangeName change) {
    try {
      List<String> tables = Query.of(TABLES).list(connection, row -> row.getString(1));
      for (String table : tables) {
        Optional<String> version =
            Query.of(ENTRY.formatted(table), change.value())
                .first(connection, row -> row.getString(1));
        if (version.isPresent()) {
          return Optional.of("version %s in %s".formatted(version.get(), table));
        }
      }
    } catch (SQLException e) {
      // Somebody else's table, which only looks like Flyway's, shall not spoil an answer.
      System.getLogger(TeamHistory.class.getName())
          .log(System.Logger.Level.DEBUG, "Flyway's history cannot be read", e);
    }
    return Optional.empty();
  }
}
