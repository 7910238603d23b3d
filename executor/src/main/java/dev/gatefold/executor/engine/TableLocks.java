package dev.gatefold.executor.engine;

import dev.gatefold.executor.database.Query;
import dev.gatefold.executor.database.SessionWords;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.plan.LockMode;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

/** Takes the locks of a step in the open transaction, and says who else holds some. */
final class TableLocks {

  private final Connection connection;
  private final LockPolicy policy;

  TableLocks(Connection connection, LockPolicy policy) {
    this.connection = connection;
    this.policy = policy;
  }

  /** Takes the lock on each table in order, parents before children. */
  void take(List<TableName> tables, LockMode mode) throws SQLException {
    timeout(policy.harmless());
    for (TableName table : tables) {
      if (mode.compareTo(LockMode.SHARE_UPDATE_EXCLUSIVE) > 0 && mayLock(table)) {
        lock(table, LockMode.SHARE_UPDATE_EXCLUSIVE);
      }
    }
    timeout(policy.attempt());
    for (TableName table : tables) {
      if (mayLock(table)) {
        lock(table, mode);
      }
    }
  }

  /** A referenced table may belong to others; the statement itself locks it then. */
  private boolean mayLock(TableName table) throws SQLException {
    return Query.of("SELECT has_table_privilege(?, 'UPDATE, DELETE, TRUNCATE')", table.quoted())
        .isTrue(connection);
  }

  private void lock(TableName table, LockMode mode) throws SQLException {
    execute("LOCK TABLE ONLY " + table.quoted() + " IN " + mode.sql() + " MODE");
  }

  private void timeout(Duration time) throws SQLException {
    execute("SET LOCAL lock_timeout = '" + time.toMillis() + "ms'");
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Which other sessions have the tables in use, in words. Outside any transaction. */
  String holders(List<TableName> tables) throws SQLException {
    List<String> sessions =
        Query.of(
                """
                SELECT DISTINCT %s
                FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
                WHERE l.granted AND l.pid <> pg_backend_pid() AND l.locktype = 'relation'
                  AND l.database =
                    (SELECT oid FROM pg_database WHERE datname = current_database())
                  AND l.relation IN (SELECT to_regclass(n)::oid FROM unnest(?) n)
                ORDER BY 1 LIMIT 5"""
                    .formatted(SessionWords.OF_A),
                tables.stream().map(TableName::quoted).toList())
            .list(connection, row -> row.getString(1));
    return sessions.isEmpty() ? "whoever held it has let go" : String.join(", ", sessions);
  }
}
