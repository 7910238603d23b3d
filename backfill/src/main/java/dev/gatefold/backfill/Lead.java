package dev.gatefold.backfill;

import dev.gatefold.backfill.progress.Waiting;
import dev.gatefold.backfill.throttle.Pressure;
import java.util.Optional;

/**
 * The worker that runs the backfill: it decides how many others help, tells how all of them go on,
 * and stays until nothing is left. Not thread-safe.
 *
 * @param alone tells of one worker
 */
record Lead(Crew crew, Guest alone) implements Role {

  @Override
  public void found(long rowsDone) {
    alone.found(rowsDone);
  }

  @Override
  public void passed(long rows, long written, Pressure pressure) {
    crew.heard(alone::waiting);
    long all = rows + crew.rows();
    alone.passed(all, written + crew.written(), pressure);
    crew.tend(all, pressure);
  }

  @Override
  public void waiting(Waiting waiting) {
    alone.waiting(waiting);
  }

  @Override
  public boolean begins() {
    return true;
  }

  @Override
  public boolean waitsForOthers() {
    return true;
  }

  @Override
  public Optional<BackfillOutcome> endOfOthers() {
    return crew.end();
  }
}
