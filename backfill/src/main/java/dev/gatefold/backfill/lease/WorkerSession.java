package dev.gatefold.backfill.lease;

import dev.gatefold.backfill.session.BoundStatement;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * An advisory lock that tells a session of a worker from one that is gone: its ranges need not wait
 * until their leases run out. Not thread-safe.
 */
public final class WorkerSession implements AutoCloseable {

  /** The first key of the locks: "rang" in ASCII. The second is the session's process. */
  private static final int LOCK_CLASS = 0x72616e67;

  /** A setting that ends with its transaction, and with parameters as a batch has them. */
  private static final BoundStatement MARK =
      BoundStatement.of(
          "SELECT pg_catalog.set_config(?, ?, true)", List.of("gatefold.message", "whole"));

  private static final BoundStatement IS_MARKED =
      BoundStatement.of(
          """
          SELECT CASE WHEN pg_catalog.current_setting(?, true) = 'whole'
                      THEN 1::bigint ELSE 0::bigint END""",
          List.of("gatefold.message"));

  private final Connection connection;

  private WorkerSession(Connection connection) {
    this.connection = connection;
  }

  /**
   * Makes the session known as that of a worker, until closed.
   *
   * @throws SQLException also where the driver would send the statements of a message one by one:
   *     the rows of a batch would be committed before anybody is asked whether they may be
   */
  public static WorkerSession on(Connection connection) throws SQLException {
    boolean whole =
        MARK.then(lock("pg_advisory_lock")).then(IS_MARKED).answer(connection).number() == 1;
    WorkerSession session = new WorkerSession(connection);
    if (!whole) {
      session.close();
      throw new SQLException(
          "the driver sends each statement by itself, and a batch has to be one transaction:"
              + " take preferQueryMode out of the URL of the database",
          "0A000");
    }
    return session;
  }

  public Connection connection() {
    return connection;
  }

  /** Whether a process ID, an SQL expression, is that of a worker's session. */
  static String lives(String process) {
    return """
    EXISTS (
      SELECT FROM pg_catalog.pg_locks AS l
      WHERE l.locktype = 'advisory' AND l.granted AND l.classid = %d::oid AND l.objid = %s
        AND l.database = (SELECT oid FROM pg_catalog.pg_database
                          WHERE datname = pg_catalog.current_database()))"""
        .formatted(LOCK_CLASS, process + "::oid");
  }

  private static BoundStatement lock(String function) {
    return BoundStatement.of(
        "SELECT pg_catalog.%s(%d, pg_catalog.pg_backend_pid())".formatted(function, LOCK_CLASS));
  }

  /** Any ranges that the session still has are free from now on. */
  @Override
  public void close() throws SQLException {
    if (!connection.isClosed()) {
      lock("pg_advisory_unlock").run(connection);
    }
  }
}
