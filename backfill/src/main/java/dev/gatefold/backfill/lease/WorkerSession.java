package dev.gatefold.backfill.lease;

import dev.gatefold.backfill.session.BoundStatement;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * An advisory lock that tells a session of a worker from one that is gone: its ranges need not wait
 * until their leases run out. Not thread-safe.
 */
public final class WorkerSession implements AutoCloseable {

  /** The first key of the locks: "rang" in ASCII. The second is the session's process. */
  private static final int LOCK_CLASS = 0x72616e67;

  private final Connection connection;

  private WorkerSession(Connection connection) {
    this.connection = connection;
  }

  /** Makes the session known as that of a worker, until closed. */
  public static WorkerSession on(Connection connection) throws SQLException {
    lock(connection, "pg_advisory_lock");
    return new WorkerSession(connection);
  }

  public Connection connection() {
    return connection;
  }

  /** Whether a process ID, an SQL expression, is that of a worker's session. */
  static String lives(String process) {
    return """
    EXISTS (
      SELECT FROM pg_catalog.pg_locks AS l
      WHERE l.locktype = 'advisory' AND l.granted AND l.classid = %d AND l.objid = %s
        AND l.database = (SELECT oid FROM pg_catalog.pg_database
                          WHERE datname = pg_catalog.current_database()))"""
        .formatted(LOCK_CLASS, process + "::oid");
  }

  private static void lock(Connection connection, String function) throws SQLException {
    BoundStatement.of(
            "SELECT pg_catalog.%s(%d, pg_catalog.pg_backend_pid())".formatted(function, LOCK_CLASS))
        .run(connection);
  }

  /** Any ranges that the session still has are free from now on. */
  @Override
  public void close() throws SQLException {
    if (!connection.isClosed()) {
      lock(connection, "pg_advisory_unlock");
    }
  }
}
