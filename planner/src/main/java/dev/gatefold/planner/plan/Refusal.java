package dev.gatefold.planner.plan;

import java.util.List;

/** Why the planner will not plan a change. Every reason that was found, not only the first. */
public record Refusal(List<Reason> reasons) implements Planning, StandalonePlanning {

  public Refusal {
    reasons = List.copyOf(reasons);
  }

  /**
   * One reason.
   *
   * @param code stable, for machines and tests
   * @param object the table, column or object concerned
   * @param message what stands in the way
   * @param cure what to do about it
   */
  public record Reason(String code, String object, String message, String cure) {}
}
