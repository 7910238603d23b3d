package dev.gatefold.executor.store;

import dev.gatefold.backfill.fence.BatchFence;
import dev.gatefold.backfill.session.BoundStatement;
import dev.gatefold.executor.database.Query;
import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.plan.SyncMode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The backfills of rollouts. Stateless and thread-safe. */
public final class BackfillStore {

  /** Lets batches be written as long as the rollout is this owner's, and its sync fills. */
  public BatchFence ownersFence(Lease lease, long table) {
    return fence(
        "?::bigint, ?::uuid",
        lease.rollout(),
        table,
        List.of(Long.toString(lease.fence()), lease.token().toString()));
  }

  /** The same for workers who help whoever that is. */
  public BatchFence helpersFence(long rollout, long table) {
    return fence("NULL, NULL", rollout, table, List.of());
  }

  private static BatchFence fence(String owner, long rollout, long table, List<String> more) {
    List<String> parameters =
        new ArrayList<>(
            List.of(
                Long.toString(rollout),
                Long.toString(table),
                SyncMode.FILL.name().toLowerCase(Locale.ROOT)));
    parameters.addAll(more);
    BoundStatement statement =
        BoundStatement.of(
            "SELECT gatefold.hold_rollout(?::bigint, ?::bigint, ?, %s)".formatted(owner),
            parameters);
    return () -> statement;
  }

  /** Whether something is known of the backfill of a table. */
  public boolean isBegun(Connection connection, long rollout, long table) throws SQLException {
    return Query.of(
            "SELECT EXISTS (SELECT FROM gatefold.backfill WHERE rollout_id = ? AND table_oid = ?)",
            rollout,
            table)
        .isTrue(connection);
  }

  /** Forgets how far the backfill of a table was: the next one begins anew. */
  public void forget(Connection connection, long rollout, long table) throws SQLException {
    Query.of("DELETE FROM gatefold.backfill WHERE rollout_id = ? AND table_oid = ?", rollout, table)
        .update(connection);
  }

  /** The changes whose rows are being filled, longest first. */
  public List<ChangeName> underWay(Connection connection) throws SQLException {
    // A database that no migration of ours has been to yet has nothing to fill.
    boolean there =
        Query.of("SELECT to_regclass('gatefold.backfill') IS NOT NULL").isTrue(connection);
    return there
        ? Query.of(
                """
                SELECT DISTINCT r.change, r.id FROM gatefold.backfill b
                JOIN gatefold.rollout r ON r.id = b.rollout_id
                WHERE r.state = 'backfilling' AND NOT r.paused AND r.failed_step IS NULL
                ORDER BY r.id""")
            .list(connection, row -> new ChangeName(row.getString(1)))
        : List.of();
  }

  /** Forgets how far the backfills of a rollout were: the next ones begin anew. */
  public void forget(Connection connection, long rollout) throws SQLException {
    Query.of("DELETE FROM gatefold.backfill WHERE rollout_id = ?", rollout).update(connection);
  }
}
