package dev.gatefold.backfill.copy;

import dev.gatefold.backfill.session.BoundStatement;
import dev.gatefold.planner.plan.RowMapping;
import java.util.List;

/**
 * Who may write copies: batches together, or alone whoever follows changes. In between, a batch
 * might bring a row back that was deleted after it had read it, and behind whoever follows.
 *
 * <p>Locks of the transaction, taken in the order in which they were asked for: neither side
 * starves. Applications take none of them.
 */
public final class CopyTurn {

  /** The first key of the lock: "copy" in ASCII. The second is the table's OID. */
  private static final int LOCK_CLASS = 0x636f7079;

  /**
   * Longer than batches take, and than the server lets an autovacuum go on that is in the way: no
   * application waits for whoever waits here.
   */
  private static final String PATIENCE = "2s";

  private CopyTurn() {}

  /** Of a batch. */
  public static BoundStatement together(RowMapping rows) {
    return lock("pg_advisory_xact_lock_shared", rows);
  }

  /** Of whoever follows. */
  public static BoundStatement alone(RowMapping rows) {
    return lock("pg_advisory_xact_lock", rows);
  }

  /** Waits longer than usual; {@code lockTimeout} is the one that holds from then on. */
  public static BoundStatement patiently(BoundStatement statement, String lockTimeout) {
    return lockTimeout(PATIENCE).then(statement).then(lockTimeout(lockTimeout));
  }

  private static BoundStatement lock(String function, RowMapping rows) {
    return BoundStatement.of(
        "SELECT pg_catalog.%s(%d, %d)".formatted(function, LOCK_CLASS, (int) rows.oid()));
  }

  private static BoundStatement lockTimeout(String time) {
    return BoundStatement.of(
        "SELECT pg_catalog.set_config('lock_timeout', ?, true)", List.of(time));
  }
}
