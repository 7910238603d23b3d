package dev.gatefold.executor.engine;

import dev.gatefold.backfill.fence.BatchFence;
import dev.gatefold.backfill.lease.BackfillOwner;
import dev.gatefold.executor.database.ServerFacts;
import dev.gatefold.executor.rollout.Rollout;
import dev.gatefold.executor.store.FeedStore;
import dev.gatefold.executor.store.Stores;
import dev.gatefold.executor.store.Subject;
import dev.gatefold.executor.store.SyncStore;
import dev.gatefold.planner.change.BackfillSettings.UserTriggers;
import dev.gatefold.planner.plan.RowMapping;
import dev.gatefold.planner.plan.Step.BackfillRows;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Which rows are to be filled, and for whom.
 *
 * @param subject under which speed and bad rows are written down
 * @param owner under whom ranges are given away
 * @param fence lets a batch be written, or takes it back
 * @param keepNew whether rows that a new application wrote are to be left alone
 * @param feed the prefix of messages in the log to the table's change feed, if it has one
 * @param settings where the pace is kept, which may change meanwhile
 */
public record FillOrder(
    Subject subject,
    BackfillOwner owner,
    BatchFence fence,
    RowMapping rows,
    boolean keepNew,
    Optional<String> feed,
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
        announcedTo(connection, stores, rollout, step),
        on -> stores.paces().over(on, subject, rollout.plan().backfill()));
  }

  /** What triggers write is an application's, and must be told. */
  private static Optional<String> announcedTo(
      Connection connection, Stores stores, Rollout rollout, BackfillRows step)
      throws SQLException {
    long table = step.rows().oid();
    boolean alone =
        rollout.plan().backfill().userTriggers() == UserTriggers.SKIP
            && ServerFacts.maySkipTriggers(connection)
            && !ServerFacts.firesAlways(connection, table);
    return stores
        .feeds()
        .find(connection, rollout.id(), table)
        .filter(made -> alone)
        .map(FeedStore.Made::slot);
  }

  long table() {
    return rows.oid();
  }
}
