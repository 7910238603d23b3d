package dev.gatefold.executor.engine;

import dev.gatefold.backfill.Backfill;
import dev.gatefold.backfill.BackfillJob;
import dev.gatefold.backfill.Conditions;
import dev.gatefold.backfill.Desk;
import dev.gatefold.backfill.lease.BackfillOwner;
import dev.gatefold.backfill.lease.RangeLedger;
import dev.gatefold.backfill.pace.Timing;
import dev.gatefold.backfill.progress.ProgressListener;
import dev.gatefold.backfill.throttle.Throttle;
import dev.gatefold.backfill.window.ServerClock;
import dev.gatefold.backfill.window.WindowThrottle;
import dev.gatefold.executor.database.OwnProcess;
import dev.gatefold.executor.database.ServerFacts;
import dev.gatefold.executor.engine.NeighbourWatch.Place;
import dev.gatefold.executor.rollout.Rollout;
import dev.gatefold.executor.store.Stores;
import dev.gatefold.executor.store.Subject;
import dev.gatefold.executor.store.SyncStore;
import dev.gatefold.planner.change.BackfillSettings;
import dev.gatefold.planner.plan.Step.BackfillRows;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * One worker more for a backfill that another process runs, maybe on another machine. It holds no
 * lock on the rollout: what lets it write is the lease of a range, and the rollout's record.
 */
public final class ExtraHand {

  private final Place place;
  private final Stores stores;
  private final Timing timing;

  public ExtraHand(Place place, Stores stores, Timing timing) {
    this.place = place;
    this.stores = stores;
    this.timing = timing;
  }

  /**
   * Fills what is free now, until nothing is. Answers whether anything was.
   *
   * @throws InterruptedException between two batches, if the thread is interrupted
   */
  public boolean help(Rollout rollout, BackfillRows step, ProgressListener listener)
      throws SQLException, InterruptedException {
    long table = step.rows().oid();
    RangeLedger ledger =
        new RangeLedger(
            BackfillOwner.rollout(rollout.id()),
            step.rows(),
            OwnProcess.words(),
            RangeLedger.LEASE);
    try (Steering steering = steering(rollout)) {
      if (!ledger.isAnyFree(place.connection(), steering.get().workers())) {
        return false;
      }
      Subject subject = Subject.rollout(rollout.id());
      try (NeighbourWatch neighbours =
              NeighbourWatch.over(place, steering.get().throttling(), table, timing);
          SpeedListener speed = speed(subject, table, listener)) {
        new Backfill(
                new Desk(
                    ledger,
                    stores.backfills().helpersFence(rollout.id(), table),
                    Optional.of(stores.badRows().keeper(subject, table))),
                new Conditions(throttle(steering, neighbours), steering),
                speed,
                timing)
            .help(place.connection(), job(rollout, step, steering.get()));
      }
      return true;
    }
  }

  private Throttle throttle(Steering steering, NeighbourWatch neighbours) throws SQLException {
    return Throttle.all(
        List.of(
            new WindowThrottle(
                () -> steering.get().window(),
                ServerClock.read(place.connection(), timing.ticker())),
            neighbours));
  }

  private Steering steering(Rollout rollout) throws SQLException {
    return Steering.of(
        place.connection(),
        place.connections(),
        connection ->
            stores
                .paces()
                .over(connection, Subject.rollout(rollout.id()), rollout.plan().backfill()),
        timing.ticker());
  }

  private SpeedListener speed(Subject subject, long table, ProgressListener next) {
    String process = "%s, %016x".formatted(OwnProcess.words(), timing.random().nextLong());
    return new SpeedListener(
        next,
        said -> stores.speeds().say(place.connection(), subject, table, process, said),
        timing.ticker());
  }

  private BackfillJob job(Rollout rollout, BackfillRows step, BackfillSettings settings)
      throws SQLException {
    return new BackfillJob(
        step.rows(),
        settings,
        stores
            .syncs()
            .find(place.connection(), rollout.id(), step.rows().oid())
            .map(SyncStore.Made::everBoth)
            .orElse(false),
        ServerFacts.maySkipTriggers(place.connection()),
        ServerFacts.rowsEstimate(place.connection(), step.rows().oid()));
  }
}
