package dev.gatefold.planner.plan;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;

/** The steps that one promotion lets run. */
public record Stage(StageName name, List<Step> steps) {

  public Stage {
    steps = List.copyOf(steps);
  }

  /** Whether all of it can be taken back. */
  @JsonIgnore
  public boolean reversible() {
    return steps.stream().allMatch(step -> step.undo().possible());
  }
}
