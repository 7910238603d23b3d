package dev.gatefold.executor.store;

import dev.gatefold.backfill.fence.BatchFence;
import dev.gatefold.backfill.fence.FenceAnswer;
import dev.gatefold.backfill.session.BoundStatement;
import dev.gatefold.executor.database.Query;
import dev.gatefold.planner.plan.SyncMode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * One owner at a time: a session advisory lock on the connection that does the work, and a token
 * that each transaction checks. The lock goes when the session goes; the token stops a session that
 * lost the lock without noticing.
 */
public final class LeaseStore {

  /** The first key of our advisory locks: "gate" in ASCII. The second is the rollout's number. */
  private static final int LOCK_CLASS = 0x67617465;

  /** Takes the lock if nobody holds it, and with it a new token. */
  public Optional<Lease> acquire(Connection connection, long rollout) throws SQLException {
    boolean locked =
        Query.of("SELECT pg_try_advisory_lock(?, ?)", LOCK_CLASS, (int) rollout).isTrue(connection);
    if (!locked) {
      return Optional.empty();
    }
    return Query.of(
            """
            UPDATE gatefold.rollout
            SET fence = fence + 1, token = gen_random_uuid()
            WHERE id = ?
            RETURNING fence, token""",
            rollout)
        .first(connection, row -> new Lease(rollout, row.getLong(1), row.getObject(2, UUID.class)));
  }

  /** Gives the lock back before the session ends. */
  public void release(Connection connection, Lease lease) throws SQLException {
    Query.of("SELECT pg_advisory_unlock(?, ?)", LOCK_CLASS, (int) lease.rollout())
        .isTrue(connection);
  }

  /** Who holds the lock now, in words. */
  public String holder(Connection connection, long rollout) throws SQLException {
    return Query.of(
            """
            SELECT format('session %s of %s from %s, since %s', a.pid, a.usename,
                          coalesce(host(a.client_addr), 'a local socket'), a.backend_start)
            FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
            WHERE l.locktype = 'advisory' AND l.granted
              AND l.classid = ? AND l.objid = ? AND l.objsubid = 2
              AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())""",
            LOCK_CLASS, (int) rollout)
        .first(connection, row -> row.getString(1))
        .orElse("a session that has just ended");
  }

  /** Whether any session holds the lock of a rollout. */
  public boolean isHeld(Connection connection, long rollout) throws SQLException {
    return isHeld(connection, LOCK_CLASS, (int) rollout);
  }

  /** The same of any advisory lock of two numbers. */
  public static boolean isHeld(Connection connection, int lockClass, int lock) throws SQLException {
    return Query.of(
            """
            SELECT EXISTS (
              SELECT FROM pg_locks
              WHERE locktype = 'advisory' AND granted AND classid = ? AND objid = ? AND objsubid = 2
                AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))""",
            lockClass,
            lock)
        .isTrue(connection);
  }

  /** Locks the rollout's row against a pause or another owner until the transaction ends. */
  public FenceAnswer check(Connection connection, Lease lease) throws SQLException {
    return Query.of(
            """
            SELECT fence = ? AND token = ?, paused FROM gatefold.rollout WHERE id = ?
            FOR SHARE""",
            lease.fence(),
            lease.token(),
            lease.rollout())
        .first(connection, row -> answer(row.getBoolean(1), row.getBoolean(2)))
        .orElseGet(() -> new FenceAnswer.Lost("the rollout is gone"));
  }

  /** Lets rows of a table be looked at under the same terms, while its sync is in a mode. */
  public BatchFence fence(Lease lease, long table, SyncMode mode) {
    BoundStatement statement =
        BoundStatement.of(
            "SELECT gatefold.hold_sync(?::bigint, ?::bigint, ?, ?::bigint, ?::uuid)",
            List.of(
                Long.toString(lease.rollout()),
                Long.toString(table),
                mode.name().toLowerCase(Locale.ROOT),
                Long.toString(lease.fence()),
                lease.token().toString()));
    return () -> statement;
  }

  private static FenceAnswer answer(boolean mine, boolean paused) {
    if (!mine) {
      return new FenceAnswer.Lost("another executor has taken over");
    }
    return paused ? new FenceAnswer.Paused("the rollout is paused") : new FenceAnswer.Holding();
  }
}
