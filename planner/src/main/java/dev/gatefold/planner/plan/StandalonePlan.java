package dev.gatefold.planner.plan;

import dev.gatefold.planner.change.BackfillSettings;
import dev.gatefold.planner.change.ChangeName;

/** How a backfill without a change of schema goes, as data. */
public record StandalonePlan(ChangeName name, RowMapping rows, BackfillSettings settings)
    implements StandalonePlanning {}
