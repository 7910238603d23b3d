package dev.gatefold.executor.engine;

import dev.gatefold.executor.database.Query;
import dev.gatefold.executor.database.SessionWords;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.plan.LockMode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Which sessions of others are in the way, in words: process, user, application, state and age. */
final class Holders {

  private static final String WORDS =
      "CASE WHEN a.pid IS NULL THEN 'a prepared transaction (see pg_prepared_xacts)' ELSE "
          + SessionWords.OF_A
          + " END";

  private static final String OF_TABLES =
      ("SELECT DISTINCT " + WORDS)
          + """

          FROM pg_locks l LEFT JOIN pg_stat_activity a ON a.pid = l.pid
          WHERE l.granted AND l.pid IS DISTINCT FROM pg_backend_pid() AND l.locktype = 'relation'
            AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
            AND l.relation IN (%s)
            AND (? OR l.mode NOT IN ('AccessShareLock', 'RowShareLock'))
          ORDER BY 1 LIMIT 5"""
              .formatted(SessionWords.OIDS_OF_TABLES);

  private static final String AGAINST =
      ("SELECT DISTINCT " + WORDS)
          + """

          FROM unnest(pg_blocking_pids(?)) AS b (pid) LEFT JOIN pg_stat_activity a ON a.pid = b.pid
          ORDER BY 1 LIMIT 5""";

  private Holders() {}

  /** Who holds a lock on the tables that a lock of this mode has to wait for. */
  static String ofTables(Connection connection, List<TableName> tables, LockMode wanted)
      throws SQLException {
    return words(
            Query.of(
                OF_TABLES,
                tables.stream().map(TableName::quoted).toList(),
                // Readers let anything pass but this.
                wanted == LockMode.ACCESS_EXCLUSIVE),
            connection)
        .orElse("whoever held it has let go");
  }

  /** Whom a session that runs a statement waits for at this moment; empty where for nobody. */
  static Optional<String> against(Connection connection, int pid) throws SQLException {
    return words(Query.of(AGAINST, pid), connection);
  }

  private static Optional<String> words(Query query, Connection connection) throws SQLException {
    List<String> sessions = query.list(connection, row -> row.getString(1));
    return sessions.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", sessions));
  }
}
