package dev.gatefold.planner.change;

/** How a change gets there. */
public enum Way {
  /** Beside applications of the old version and of the new one. */
  STAGES,
  /**
   * By plain DDL in one stage: the author says that nobody uses the tables in a way that breaks,
   * and the planner sees that they are small.
   */
  STRAIGHT_WHEN_SMALL
}
