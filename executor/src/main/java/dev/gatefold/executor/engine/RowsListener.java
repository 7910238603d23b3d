package dev.gatefold.executor.engine;

import dev.gatefold.backfill.progress.Progress;
import dev.gatefold.backfill.progress.ProgressListener;
import dev.gatefold.backfill.progress.Waiting;
import dev.gatefold.executor.rollout.Rollout.RowCounts;
import dev.gatefold.planner.plan.Step;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/** Passes progress on to whoever watches, and at most once a second to the store. */
final class RowsListener implements ProgressListener {

  private static final long STORED_EVERY_NANOS = Duration.ofSeconds(1).toNanos();

  private final Shift shift;
  private final Step step;
  private Optional<Long> storedAt = Optional.empty();

  RowsListener(Shift shift, Step step) {
    this.shift = shift;
    this.step = step;
  }

  @Override
  public void progress(Progress progress) {
    shift.listener().progress(step, progress);
    long now = shift.timing().ticker().nanos();
    if (storedAt.isEmpty() || now - storedAt.get() >= STORED_EVERY_NANOS) {
      storedAt = Optional.of(now);
      store(progress);
    }
  }

  @Override
  public void waiting(Waiting waiting) {
    shift.listener().waiting(step, waiting.reason());
  }

  private void store(Progress progress) {
    try {
      shift
          .stores()
          .rollouts()
          .mention(
              shift.connection(),
              shift.id(),
              new RowCounts(
                  progress.rowsTotalEstimate().orElse(progress.rowsDone()),
                  progress.rowsDone(),
                  0));
    } catch (SQLException e) {
      // The next batch meets the same trouble and says so with its rows rolled back.
      shift.listener().waiting(step, "the progress could not be stored: " + e.getMessage());
    }
  }
}
