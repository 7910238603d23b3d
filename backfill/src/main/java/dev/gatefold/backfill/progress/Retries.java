package dev.gatefold.backfill.progress;

import dev.gatefold.backfill.pace.Backoff;
import dev.gatefold.backfill.pace.Timing;
import dev.gatefold.backfill.session.Failure;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Waits after a batch that others hindered, tells the listener, and says how large the next attempt
 * may be. It never gives up: whoever wants that, pauses. Not thread-safe.
 */
public final class Retries {

  private final Timing timing;
  private final Consumer<Waiting> listener;
  private int failures;

  public Retries(Timing timing, Consumer<Waiting> listener) {
    this.timing = timing;
    this.listener = listener;
  }

  public void succeeded() {
    failures = 0;
  }

  /**
   * Waits.
   *
   * @param rows the size of the batch that failed
   * @return the size for the next attempt, at least 1
   */
  public int hindered(int rows, SQLException reason) throws InterruptedException {
    Waiting wait = failed(rows, reason);
    timing.sleeper().sleep(wait.pause());
    return wait.batchRows();
  }

  /** The same for a caller that waits by itself: answers for how long, and how many rows next. */
  public Waiting failed(int rows, SQLException reason) {
    failures++;
    int next = failures < Backoff.PATIENCE ? rows : Math.max(1, rows / 2);
    Duration pause = new Backoff(timing.random()).pause(failures);
    Waiting wait = new Waiting(failures, next, pause, Failure.sentence(reason));
    listener.accept(wait);
    return wait;
  }
}
