package dev.gatefold.executor.standalone;

import dev.gatefold.backfill.fence.BatchFence;
import dev.gatefold.backfill.session.BoundStatement;
import dev.gatefold.executor.database.Query;
import dev.gatefold.executor.store.LeaseStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * One worker to a run: a session advisory lock, which goes with the session, and a token that each
 * batch checks, which stops a session that lost the lock without noticing.
 */
final class RunLeases {

  /** The first key of the locks: "fill" in ASCII. The second is the run's number. */
  private static final int LOCK_CLASS = 0x66696c6c;

  private static final String UNIQUE_VIOLATION = "23505";

  /** The right to work on a run. */
  record Lease(long run, long fence, UUID token) {}

  /** Takes a run that is not over and that nobody works on; it is running then. */
  Optional<Lease> acquire(Connection connection, long run) throws SQLException {
    if (!Query.of("SELECT pg_try_advisory_lock(?, ?)", LOCK_CLASS, (int) run).isTrue(connection)) {
      return Optional.empty();
    }
    Optional<Lease> lease = Optional.empty();
    try {
      lease = taken(connection, run);
    } finally {
      if (lease.isEmpty()) {
        unlock(connection, run);
      }
    }
    return lease;
  }

  private static Optional<Lease> taken(Connection connection, long run) throws SQLException {
    try {
      return Query.of(
              """
                UPDATE gatefold.standalone_run r
                SET fence = fence + 1, token = gen_random_uuid(), state = 'running',
                    taken_by = format('session %s of %s from %s', pg_backend_pid(), session_user,
                                      coalesce(host(inet_client_addr()), 'a local socket'))
                WHERE id = ? AND ended_at IS NULL
                  AND NOT EXISTS (SELECT FROM gatefold.standalone_run o
                                  WHERE o.standalone_id = r.standalone_id AND o.id <> r.id
                                    AND o.state = 'running')
                RETURNING fence, token""",
              run)
          .first(connection, row -> new Lease(run, row.getLong(1), row.getObject(2, UUID.class)));
    } catch (SQLException e) {
      // Another run of the same backfill began in this very moment.
      if (UNIQUE_VIOLATION.equals(e.getSQLState())) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /**
   * Gives a run back, and takes the leave to write from whoever helps.
   *
   * <p>First the token: nobody shall take the run over and find a stranger's rows in its midst.
   */
  void release(Connection connection, Lease lease) throws SQLException {
    Query.of(
            "UPDATE gatefold.standalone_run SET token = NULL WHERE id = ? AND fence = ?",
            lease.run(),
            lease.fence())
        .update(connection);
    unlock(connection, lease.run());
  }

  /** The runs whose rows somebody fills who is still there, longest first, each with his lease. */
  List<Lease> underWay(Connection connection) throws SQLException {
    List<Lease> all =
        Query.of(
                """
                SELECT r.id, r.fence, r.token FROM gatefold.standalone_run r
                WHERE r.state = 'running' AND r.cancelled_by IS NULL AND r.token IS NOT NULL
                  AND EXISTS (SELECT FROM gatefold.backfill b WHERE b.run_id = r.id)
                ORDER BY r.id""")
            .list(
                connection,
                row -> new Lease(row.getLong(1), row.getLong(2), row.getObject(3, UUID.class)));
    List<Lease> held = new ArrayList<>();
    for (Lease lease : all) {
      if (LeaseStore.isHeld(connection, LOCK_CLASS, (int) lease.run())) {
        held.add(lease);
      }
    }
    return held;
  }

  private static void unlock(Connection connection, long run) throws SQLException {
    Query.of("SELECT pg_advisory_unlock(?, ?)", LOCK_CLASS, (int) run).isTrue(connection);
  }

  /** Lets batches be written as long as the run is its owner's and nobody cancels it. */
  static BatchFence fence(Lease lease) {
    BoundStatement statement =
        BoundStatement.of(
            "SELECT gatefold.hold_run(?::bigint, ?::bigint, ?::uuid)",
            List.of(
                Long.toString(lease.run()),
                Long.toString(lease.fence()),
                lease.token().toString()));
    return () -> statement;
  }
}
