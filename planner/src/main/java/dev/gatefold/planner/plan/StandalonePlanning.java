package dev.gatefold.planner.plan;

/** The planner's answer to a backfill of its own. */
public sealed interface StandalonePlanning permits StandalonePlan, Refusal {}
