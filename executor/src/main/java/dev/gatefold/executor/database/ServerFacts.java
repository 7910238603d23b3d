package dev.gatefold.executor.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.OptionalLong;

/** Facts about server and tables that a pass over rows wants to know. */
public final class ServerFacts {

  private ServerFacts() {}

  /** Whether this role may keep the users' triggers from firing. */
  public static boolean maySkipTriggers(Connection connection) throws SQLException {
    boolean superuser =
        Query.of("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").isTrue(connection);
    return superuser
        || (connection.getMetaData().getDatabaseMajorVersion() >= 15
            && Query.of("SELECT has_parameter_privilege('session_replication_role', 'SET')")
                .isTrue(connection));
  }

  /** The server's estimate; empty where it never looked. */
  public static OptionalLong rowsEstimate(Connection connection, long table) throws SQLException {
    return Query.of(
            "SELECT reltuples::bigint FROM pg_class WHERE oid = ?::oid AND reltuples >= 0", table)
        .first(connection, row -> OptionalLong.of(row.getLong(1)))
        .orElseGet(OptionalLong::empty);
  }
}
