package dev.gatefold.executor.trial;

import dev.gatefold.planner.plan.StageName;

/** One stage, there or back. */
public record Leg(StageName stage, boolean back) {

  static Leg there(StageName stage) {
    return new Leg(stage, false);
  }

  static Leg back(StageName stage) {
    return new Leg(stage, true);
  }

  @Override
  public String toString() {
    return back ? "undo of " + stage.word() : stage.word();
  }
}
