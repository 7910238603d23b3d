package dev.gatefold.executor.engine;

import dev.gatefold.backfill.progress.Progress;
import dev.gatefold.backfill.progress.ProgressListener;
import dev.gatefold.backfill.progress.Waiting;
import dev.gatefold.backfill.throttle.Pressure;
import dev.gatefold.backfill.throttle.Throttle;

/**
 * Ends a worker's spell once the window is closed: it has other things to do until it opens, and
 * any worker may go on then.
 */
final class UntilClosed implements ProgressListener {

  private final ProgressListener next;
  private final Throttle window;

  UntilClosed(ProgressListener next, Throttle window) {
    this.next = next;
    this.window = window;
  }

  @Override
  public void progress(Progress progress) {
    next.progress(progress);
  }

  @Override
  public void waiting(Waiting waiting) {
    next.waiting(waiting);
    Pressure pressure = window.now();
    if (pressure.holds()) {
      throw new WindowClosedException(String.join("; ", pressure.reasons()));
    }
  }
}
