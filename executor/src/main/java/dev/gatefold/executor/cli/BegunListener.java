package dev.gatefold.executor.cli;

import dev.gatefold.backfill.progress.Progress;
import dev.gatefold.backfill.progress.ProgressListener;
import dev.gatefold.backfill.progress.Waiting;
import dev.gatefold.executor.engine.StageListener;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.planner.plan.Step;
import java.time.Duration;
import java.util.Optional;

/** Remembers whether any step has begun, and passes on to whoever watches. */
final class BegunListener implements StageListener {

  private final StageListener watcher;
  private boolean begun;

  BegunListener(Optional<? extends StageListener> watcher) {
    this.watcher = watcher.isPresent() ? watcher.get() : StageListener.SILENT;
  }

  boolean begun() {
    return begun;
  }

  /** Lets somebody hear of rows; from the first batch on it has begun. */
  ProgressListener rows(ProgressListener lines) {
    return new ProgressListener() {
      @Override
      public void progress(Progress progress) {
        begun = true;
        lines.progress(progress);
      }

      @Override
      public void waiting(Waiting waiting) {
        lines.waiting(waiting);
      }
    };
  }

  @Override
  public void started(StageName stage, Step step, int number, int of) {
    begun = true;
    watcher.started(stage, step, number, of);
  }

  @Override
  public void progress(Step step, Progress progress) {
    watcher.progress(step, progress);
  }

  @Override
  public void waiting(Step step, String reason) {
    watcher.waiting(step, reason);
  }

  @Override
  public void done(Step step, Duration took) {
    watcher.done(step, took);
  }
}
