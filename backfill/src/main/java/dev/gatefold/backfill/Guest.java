package dev.gatefold.backfill;

import dev.gatefold.backfill.pace.Ticker;
import dev.gatefold.backfill.progress.ProgressListener;
import dev.gatefold.backfill.progress.ProgressMeter;
import dev.gatefold.backfill.progress.Waiting;
import dev.gatefold.backfill.throttle.Pressure;
import java.util.Optional;

/**
 * A worker of another process than the one that runs the backfill: it tells how it goes itself, and
 * leaves when nothing is free. Not thread-safe.
 */
final class Guest implements Role {

  private final ProgressListener listener;
  private final BackfillJob job;
  private final Ticker ticker;
  private Optional<ProgressMeter> meter = Optional.empty();

  Guest(ProgressListener listener, BackfillJob job, Ticker ticker) {
    this.listener = listener;
    this.job = job;
    this.ticker = ticker;
  }

  @Override
  public void found(long rowsDone) {
    if (meter.isEmpty()) {
      meter = Optional.of(new ProgressMeter(ticker, job.rowsEstimate(), rowsDone));
    }
    meter.get().found(rowsDone);
  }

  @Override
  public void passed(long rows, long written, Pressure pressure) {
    listener.progress(meter.orElseThrow().passed(rows, written).under(pressure));
  }

  @Override
  public void waiting(Waiting waiting) {
    listener.waiting(waiting);
  }
}
