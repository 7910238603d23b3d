package dev.gatefold.backfill;

import dev.gatefold.backfill.pace.Ticker;
import dev.gatefold.backfill.progress.ProgressListener;
import dev.gatefold.backfill.progress.ProgressMeter;
import dev.gatefold.backfill.progress.Waiting;
import dev.gatefold.backfill.throttle.Pressure;
import java.util.Optional;

/**
 * The worker that runs the backfill: it tells how things go, decides how many others help, and
 * stays until nothing is left. Not thread-safe.
 */
final class Lead implements Role {

  private final Crew crew;
  private final ProgressListener listener;
  private final BackfillJob job;
  private final Ticker ticker;
  private Optional<ProgressMeter> meter = Optional.empty();

  Lead(Crew crew, ProgressListener listener, BackfillJob job, Ticker ticker) {
    this.crew = crew;
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
    crew.heard(listener::waiting);
    long all = rows + crew.rows();
    listener.progress(meter.orElseThrow().passed(all, written + crew.written()).under(pressure));
    crew.tend(all, pressure);
  }

  @Override
  public void waiting(Waiting waiting) {
    listener.waiting(waiting);
  }

  @Override
  public boolean waitsForOthers() {
    return true;
  }

  @Override
  public boolean leaves() {
    return false;
  }

  @Override
  public Optional<BackfillOutcome> endOfOthers() {
    return crew.end();
  }
}
