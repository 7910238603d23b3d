package dev.gatefold.executor.journey;

import dev.gatefold.backfill.progress.Progress;
import dev.gatefold.executor.engine.StageListener;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.planner.plan.Step;
import java.time.Duration;

/** Does something each time a step waits for a lock. */
record Unblocking(Answer answer) implements StageListener {

  /** What is done about the reason. */
  interface Answer {
    void to(String reason) throws Exception;
  }

  @Override
  public void started(StageName stage, Step begun, int number, int of) {}

  @Override
  public void progress(Step running, Progress progress) {}

  @Override
  public void waiting(Step running, String reason) {
    try {
      answer.to(reason);
    } catch (Exception e) {
      throw new AssertionError("the answer failed", e);
    }
  }

  @Override
  public void done(Step finished, Duration took) {}
}
