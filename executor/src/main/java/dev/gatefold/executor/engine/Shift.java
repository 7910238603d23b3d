package dev.gatefold.executor.engine;

import dev.gatefold.backfill.fence.FenceAnswer;
import dev.gatefold.backfill.pace.Timing;
import dev.gatefold.backfill.session.Connections;
import dev.gatefold.executor.engine.NeighbourWatch.Place;
import dev.gatefold.executor.feed.FeedAttendance;
import dev.gatefold.executor.rollout.Rollout;
import dev.gatefold.executor.standby.Standbys;
import dev.gatefold.executor.store.Lease;
import dev.gatefold.executor.store.Stores;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * One owner's spell of work on a rollout: the connection that holds the lock and does the work, and
 * what the work needs.
 *
 * @param feeds those that this owner reads meanwhile
 * @param connections for work that has to look on from beside that connection
 */
public record Shift(
    Connection connection,
    Connections connections,
    Lease lease,
    Rollout rollout,
    Stores stores,
    Standbys standbys,
    StageListener listener,
    Timing timing,
    FeedAttendance feeds) {

  long id() {
    return rollout.id();
  }

  Place place() {
    return new Place(connection, connections, standbys);
  }

  /** Whether the work may go on, in the open transaction; empty where it may. */
  public Optional<StepResult> hindrance() throws SQLException {
    return hindrance(stores.leases().check(connection, lease));
  }

  static Optional<StepResult> hindrance(FenceAnswer answer) {
    return answer.match(
        Optional::empty,
        paused -> Optional.of(new StepResult.Paused(paused.reason())),
        lost -> Optional.of(new StepResult.OwnerLost(lost.reason())));
  }
}
