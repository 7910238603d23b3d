package dev.gatefold.executor.standalone;

import dev.gatefold.backfill.pace.Timing;
import dev.gatefold.backfill.progress.ProgressListener;
import dev.gatefold.executor.engine.NeighbourWatch.Place;
import dev.gatefold.executor.standalone.RunLeases.Lease;
import dev.gatefold.executor.standby.Standbys;
import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.plan.StandalonePlan;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;

/** Work on runs that other processes are at. */
final class RunHelp {

  private final DataSource database;
  private final Connection connection;
  private final Standbys standbys;
  private final Timing timing;
  private final RunStore runs = new RunStore();
  private final RunLeases leases = new RunLeases();

  /** {@code connection} is asked who may need help; the work is done on another. */
  RunHelp(DataSource database, Connection connection, Standbys standbys, Timing timing) {
    this.database = database;
    this.connection = connection;
    this.standbys = standbys;
    this.timing = timing;
  }

  /** Helps the first that has something to do. Answers whether one had. */
  boolean give(Function<ChangeName, ProgressListener> listeners)
      throws SQLException, InterruptedException {
    for (Lease owner : leases.underWay(connection)) {
      Optional<Run> run = runs.find(connection, owner.run());
      Optional<StandalonePlan> plan = run.flatMap(Run::plan);
      if (plan.isPresent() && help(owner, plan.get(), listeners.apply(plan.get().name()))) {
        return true;
      }
    }
    return false;
  }

  private boolean help(Lease owner, StandalonePlan plan, ProgressListener listener)
      throws SQLException, InterruptedException {
    try (Connection own = database.getConnection()) {
      return RunFill.of(new Place(own, database::getConnection, standbys), timing, owner, plan)
          .help(listener);
    }
  }
}
