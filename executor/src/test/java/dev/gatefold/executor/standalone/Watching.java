package dev.gatefold.executor.standalone;

import dev.gatefold.backfill.progress.ProgressListener;
import dev.gatefold.executor.Rollouts.Worked;
import dev.gatefold.executor.engine.StageListener;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.standalone.Backfills.Ran;
import dev.gatefold.executor.work.Worker;
import dev.gatefold.planner.change.ChangeName;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Looks on while a worker works, and remembers how runs ended and which connections were lost. */
record Watching(ProgressListener rows, List<Outcome> outcomes, List<SQLException> losses)
    implements Worker.Watcher {

  Watching(ProgressListener rows) {
    this(rows, new ArrayList<>(), new ArrayList<>());
  }

  @Override
  public StageListener stages() {
    return StageListener.SILENT;
  }

  @Override
  public void worked(Worked worked) {}

  @Override
  public ProgressListener rows(ChangeName backfill) {
    return rows;
  }

  @Override
  public void ran(Ran ran) {
    ran.outcome().ifPresent(outcomes::add);
  }

  @Override
  public void lost(SQLException e) {
    losses.add(e);
  }
}
