package dev.gatefold.executor.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.OptionalLong;

/** Facts about server and tables that a pass over rows wants to know. */
public final class ServerFacts {

  private static final String CANNOT_CONNECT_NOW = "57P03";

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

  /** Whether triggers of a table fire for those, too, who skip the users' triggers. */
  public static boolean firesAlways(Connection connection, long table) throws SQLException {
    return Query.of(
            """
            SELECT EXISTS (SELECT FROM pg_trigger
                           WHERE tgrelid = ? AND NOT tgisinternal AND tgenabled IN ('A', 'R'))""",
            table)
        .isTrue(connection);
  }

  /**
   * An address may lead to a standby before that one is promoted.
   *
   * @throws SQLException with a state that says to come back later
   */
  public static void requirePrimary(Connection connection) throws SQLException {
    if (Query.of("SELECT pg_is_in_recovery()").isTrue(connection)) {
      throw new SQLException("a standby answers, which is not promoted", CANNOT_CONNECT_NOW);
    }
  }

  public static boolean exists(Connection connection, long table) throws SQLException {
    return Query.of("SELECT EXISTS (SELECT FROM pg_class WHERE oid = ?::oid)", table)
        .isTrue(connection);
  }

  /** A table's name for people; its OID where it is gone. */
  public static String tableName(Connection connection, long table) throws SQLException {
    return Query.of(
            """
            SELECT coalesce(
              (SELECT format('%I.%I', n.nspname, c.relname)
               FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
               WHERE c.oid = ?::oid),
              'the dropped table ' || ?)""",
            table, table)
        .first(connection, row -> row.getString(1))
        .orElseThrow();
  }

  /** The server's estimate; empty where it never looked. */
  public static OptionalLong rowsEstimate(Connection connection, long table) throws SQLException {
    return Query.of(
            """
            SELECT sum(c.reltuples)::bigint
            FROM pg_class t
            LEFT JOIN pg_partition_tree(t.oid::regclass) p ON t.relkind = 'p' AND p.isleaf
            JOIN pg_class c ON c.oid = coalesce(p.relid, t.oid)
            WHERE t.oid = ?::oid AND c.reltuples >= 0
            HAVING count(*) > 0""",
            table)
        .first(connection, row -> OptionalLong.of(row.getLong(1)))
        .orElseGet(OptionalLong::empty);
  }
}
