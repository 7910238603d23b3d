package dev.gatefold.executor.journey;

import dev.gatefold.executor.engine.StageListener;
import dev.gatefold.planner.plan.Step;

/** Does something each time a step waits for a lock. */
record Unblocking(Answer answer) implements StageListener {

  /** What is done about the reason. */
  interface Answer {
    void to(String reason) throws Exception;
  }

  @Override
  public void waiting(Step running, String reason) {
    try {
      answer.to(reason);
    } catch (Exception e) {
      throw new AssertionError("the answer failed", e);
    }
  }
}
