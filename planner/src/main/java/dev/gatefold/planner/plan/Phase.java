package dev.gatefold.planner.plan;

/** The three parts of every breaking change. */
public enum Phase {
  EXPAND,
  BACKFILL,
  CONTRACT
}
