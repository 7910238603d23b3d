package dev.gatefold.executor.journey;

import dev.gatefold.backfill.progress.Progress;
import dev.gatefold.executor.engine.StageListener;
import dev.gatefold.planner.plan.Step;

/** Lets something happen once some rows, but not all, are passed in the step that is named. */
final class Amid implements StageListener {

  private final String step;
  private final Interference interference;
  private boolean happened;

  Amid(String step, Interference interference) {
    this.step = step;
    this.interference = interference;
  }

  boolean happened() {
    return happened;
  }

  @Override
  public void progress(Step running, Progress progress) {
    if (happened || !running.id().startsWith(step)) {
      return;
    }
    happened = true;
    try {
      interference.happen();
    } catch (Exception e) {
      throw new AssertionError("the interference failed", e);
    }
  }
}
