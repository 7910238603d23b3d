package dev.gatefold.executor.engine;

import dev.gatefold.backfill.fence.BatchFence;
import dev.gatefold.backfill.lease.BackfillOwner;
import dev.gatefold.executor.rollout.Rollout;
import dev.gatefold.executor.store.Stores;
import dev.gatefold.executor.store.Subject;
import dev.gatefold.executor.store.SyncStore;
import dev.gatefold.planner.plan.RowMapping;
import dev.gatefold.planner.plan.Step.BackfillRows;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Which rows are to be filled, and for whom.
 *
 * @param subject under which speed and bad rows are written down
 * @param owner under whom ranges are given away
 * @param fence lets a batch be written, or takes it back
 * @param keepNew whether rows that a new application wrote are to be left alone
 * @param settings where the pace is kept, which may change meanwhile
 */
public record FillOrder(
    Subject subject,
    BackfillOwner owner,
    BatchFence fence,
    RowMapping rows,
    boolean keepNew,
    Steering.Source settings) {

  /** A step of a rollout, as it is now. */
  public static FillOrder of(
      Connection connection, Stores stores, Rollout rollout, BackfillRows step, BatchFence fence)
      throws SQLException {
    Subject subject = Subject.rollout(rollout.id());
    return new FillOrder(
        subject,
        BackfillOwner.rollout(rollout.id()),
        fence,
        step.rows(),
        stores
            .syncs()
            .find(connection, rollout.id(), step.rows().oid())
            .map(SyncStore.Made::everBoth)
            .orElse(false),
        on -> stores.paces().over(on, subject, rollout.plan().backfill()));
  }

  long table() {
    return rows.oid();
  }
}
