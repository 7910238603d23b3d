package dev.gatefold.executor.standby;

import dev.gatefold.executor.database.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * By what a standby is told from any other server.
 *
 * @param system the cluster's identifier; empty where this role may not ask for it
 */
public record Primary(String database, Optional<String> system) {

  public static Primary of(Connection connection) throws SQLException {
    return new Primary(
        Query.of("SELECT current_database()")
            .first(connection, row -> row.getString(1))
            .orElseThrow(),
        system(connection));
  }

  static Optional<String> system(Connection connection) throws SQLException {
    boolean permitted =
        Query.of("SELECT has_function_privilege('pg_catalog.pg_control_system()', 'EXECUTE')")
            .isTrue(connection);
    return permitted
        ? Query.of("SELECT system_identifier::text FROM pg_catalog.pg_control_system()")
            .first(connection, row -> row.getString(1))
        : Optional.empty();
  }

  /** How many standbys replicate from it at this moment. */
  public static int replicas(Connection connection) throws SQLException {
    // Logical subscribers and tools that only store the log run no queries on these tables.
    return Query.of(
            """
            SELECT count(*) FROM pg_stat_replication r
            WHERE coalesce(r.application_name, '') NOT IN ('pg_basebackup', 'pg_receivewal')
              AND NOT EXISTS (SELECT FROM pg_replication_slots s
                              WHERE s.active_pid = r.pid AND s.slot_type = 'logical')""")
        .first(connection, row -> row.getInt(1))
        .orElse(0);
  }
}
