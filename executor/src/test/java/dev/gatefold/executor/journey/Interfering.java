package dev.gatefold.executor.journey;

import dev.gatefold.executor.engine.StageListener;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.planner.plan.Step;

/** Lets something happen just before the step whose id begins as given. */
record Interfering(String step, Interference interference) implements StageListener {

  @Override
  public void started(StageName stage, Step begun, int number, int of) {
    if (begun.id().startsWith(step)) {
      try {
        interference.happen();
      } catch (Exception e) {
        throw new AssertionError("the interference failed", e);
      }
    }
  }
}
