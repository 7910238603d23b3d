package dev.gatefold.executor;

import dev.gatefold.backfill.progress.Progress;
import dev.gatefold.backfill.progress.ProgressListener;
import dev.gatefold.backfill.progress.Waiting;
import dev.gatefold.executor.engine.FillOrder;
import dev.gatefold.executor.engine.NeighbourWatch.Place;
import dev.gatefold.executor.engine.StageListener;
import dev.gatefold.executor.engine.TableFill;
import dev.gatefold.executor.rollout.Rollout;
import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.plan.Step;
import dev.gatefold.planner.plan.Step.BackfillRows;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/** Work on backfills that other processes run. */
final class Help {

  private final Site site;
  private final Connection connection;

  /** {@code connection} is asked who may need help; the work is done on another. */
  Help(Site site, Connection connection) {
    this.site = site;
    this.connection = connection;
  }

  /** Helps the first that has something to do. Answers whether one had. */
  boolean give(StageListener listener) throws SQLException, InterruptedException {
    for (ChangeName change : site.stores().backfills().underWay(connection)) {
      Rollout rollout = site.stores().rollouts().find(connection, change).orElseThrow();
      for (BackfillRows step : begun(rollout)) {
        if (help(rollout, step, listener)) {
          return true;
        }
      }
    }
    return false;
  }

  private List<BackfillRows> begun(Rollout rollout) throws SQLException {
    Set<String> done = site.stores().steps().done(connection, rollout.id());
    return rollout.plan().stages().stream()
        .flatMap(stage -> stage.steps().stream())
        .filter(Step.BackfillRows.class::isInstance)
        .map(Step.BackfillRows.class::cast)
        .filter(step -> !done.contains(step.id()))
        .toList();
  }

  private boolean help(Rollout rollout, BackfillRows step, StageListener listener)
      throws SQLException, InterruptedException {
    try (Connection own = site.database().getConnection()) {
      FillOrder order =
          FillOrder.of(
              own,
              site.stores(),
              rollout,
              step,
              site.stores().backfills().helpersFence(rollout.id(), step.rows().oid()));
      return new TableFill(
              new Place(own, site.database()::getConnection, site.standbys()), site.timing(), order)
          .help(new Told(listener, step));
    }
  }

  private record Told(StageListener listener, Step step) implements ProgressListener {

    @Override
    public void progress(Progress progress) {
      listener.progress(step, progress);
    }

    @Override
    public void waiting(Waiting waiting) {
      listener.waiting(step, waiting.reason());
    }
  }
}
