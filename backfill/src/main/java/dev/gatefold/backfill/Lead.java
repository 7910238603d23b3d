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
    crew.recounted();
    alone.found(rowsDone);
  }

  @Override
  public void passed(long rows, long written, Pressure pressure) {
    crew.heard(alone::waiting);
    CrewTally.Done others = crew.taken();
    alone.passed(rows + others.news(), written + others.written(), pressure);
    crew.tend(rows + others.rows(), pressure);
  }

  /**
   * To be called once the others have ended: one may have said what it did in its last batch after
   * this worker saw that nothing is left.
   */
  void settle() {
    CrewTally.Done others = crew.taken();
    if (others.rows() > 0) {
      alone.passed(others.news(), others.written(), Pressure.NONE);
    }
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
