package dev.gatefold.executor.benchmark;

import dev.gatefold.executor.engine.StageListener;
import dev.gatefold.planner.plan.Step;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** How long each kind of step took. */
final class StepTimes implements StageListener {

  private final Map<String, Duration> times = new HashMap<>();

  Duration of(String kind) {
    Duration took = times.get(kind);
    if (took == null) {
      throw new IllegalArgumentException("no step of the kind " + kind + " ran: " + times.keySet());
    }
    return took;
  }

  @Override
  public void done(Step step, Duration took) {
    times.put(step.kind(), took);
  }
}
