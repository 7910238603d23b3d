package dev.gatefold.executor.trial;

import dev.gatefold.executor.trial.witness.HeldMode;
import dev.gatefold.executor.trial.witness.Relation;
import dev.gatefold.executor.trial.witness.Sight;
import dev.gatefold.planner.plan.Step;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** A step, and what was seen while it ran. */
public record StepReport(Leg leg, Step step, Sight sight) {

  /** Locks that others may feel, with the strongest first. */
  public List<Map.Entry<Relation, HeldMode>> strongLocks() {
    return sight.locks().entrySet().stream()
        .filter(lock -> lock.getValue().isStrong())
        .sorted(
            Map.Entry.<Relation, HeldMode>comparingByValue(Comparator.reverseOrder())
                .thenComparing(lock -> lock.getKey().toString()))
        .toList();
  }
}
