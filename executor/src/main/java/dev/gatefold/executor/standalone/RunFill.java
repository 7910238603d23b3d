package dev.gatefold.executor.standalone;

import dev.gatefold.backfill.lease.BackfillOwner;
import dev.gatefold.backfill.pace.Timing;
import dev.gatefold.executor.engine.FillOrder;
import dev.gatefold.executor.engine.NeighbourWatch.Place;
import dev.gatefold.executor.engine.TableFill;
import dev.gatefold.executor.standalone.RunLeases.Lease;
import dev.gatefold.executor.store.PaceStore;
import dev.gatefold.executor.store.Subject;
import dev.gatefold.planner.plan.StandalonePlan;
import java.sql.SQLException;
import java.util.Optional;

/** What a process fills for a run, be it its own or another's. */
final class RunFill {

  private RunFill() {}

  /** {@code lease} is that of the run's owner: who helps may write as long as he may. */
  static TableFill of(Place place, Timing timing, Lease lease, StandalonePlan plan)
      throws SQLException {
    Subject pace =
        Subject.standalone(
            new StandaloneStore().find(place.connection(), plan.name()).orElseThrow().id());
    return new TableFill(
        place,
        timing,
        new FillOrder(
            Subject.run(lease.run()),
            BackfillOwner.run(lease.run()),
            RunLeases.fence(lease),
            plan.rows(),
            false,
            // To a feed of a change its writes are an application's.
            Optional.empty(),
            on -> new PaceStore().over(on, pace, plan.settings())));
  }
}
