package dev.gatefold.executor.standalone;

import dev.gatefold.executor.standalone.Run.State;
import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.change.StandaloneBackfill;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** Which run a command in the foreground is about. */
final class Foreground {

  private final Connection connection;
  private final StandaloneStore backfills = new StandaloneStore();
  private final RunStore runs = new RunStore();

  Foreground(Connection connection) {
    this.connection = connection;
  }

  /**
   * The run of the same file that stopped part-way, or a new one; empty where another one is open.
   * In the caller's transaction.
   */
  Optional<Long> claim(StandaloneBackfill backfill, String file) throws SQLException {
    ChangeName name = backfill.name();
    Optional<Standalone> known = backfills.lock(connection, name);
    Optional<Run> newest = runs.newest(connection, name);
    if (newest.filter(run -> !run.state().over()).isPresent()) {
      return newest.filter(run -> !run.detached() && run.file().equals(file)).map(Run::id);
    }
    if (newest.filter(run -> run.state() == State.FAILED && run.file().equals(file)).isPresent()
        && runs.reopen(connection, newest.get())) {
      return newest.map(Run::id);
    }
    // A schedule keeps the file that it was given.
    Standalone recorded =
        known.filter(it -> it.schedule().isPresent()).isPresent()
            ? known.get().with(file)
            : backfills.record(connection, backfill, file);
    return runs.add(connection, recorded, State.RUNNING, Optional.empty(), false, Optional.empty());
  }
}
