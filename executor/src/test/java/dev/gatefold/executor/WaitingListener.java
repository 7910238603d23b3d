package dev.gatefold.executor;

import dev.gatefold.executor.engine.StageListener;
import dev.gatefold.planner.plan.LockMode;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.planner.plan.Step;
import java.util.ArrayList;
import java.util.List;

/**
 * Remembers for what steps waited, and lets something happen when they begin and when they wait.
 */
final class WaitingListener implements StageListener {

  private final OnStep begun;
  private final OnWait waiting;
  private final List<String> reasons = new ArrayList<>();
  private int steps;

  WaitingListener(OnStep begun, OnWait waiting) {
    this.begun = begun;
    this.waiting = waiting;
  }

  interface OnStep {
    void happen(Step step) throws Exception;
  }

  interface OnWait {
    void happen() throws Exception;
  }

  List<String> reasons() {
    return reasons;
  }

  /** How many steps that lock readers out have begun. */
  int steps() {
    return steps;
  }

  @Override
  public void started(StageName stage, Step step, int number, int of) {
    if (step.lock() == LockMode.ACCESS_EXCLUSIVE) {
      steps++;
      try {
        begun.happen(step);
      } catch (Exception e) {
        throw new AssertionError("what was to happen failed", e);
      }
    }
  }

  @Override
  public void waiting(Step step, String reason) {
    reasons.add(reason);
    if (reasons.size() == 1) {
      try {
        waiting.happen();
      } catch (Exception e) {
        throw new AssertionError("what was to happen failed", e);
      }
    }
  }
}
