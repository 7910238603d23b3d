package dev.gatefold.planner.replacement;

import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.schema.ExtendedStatistics;
import dev.gatefold.planner.schema.SqlTemplate;

/**
 * Statistics over an old column and the same over the new one.
 *
 * @param building the new one's name until the swap
 * @param hidden the old one's name after the swap
 */
record CarriedStatistics(
    ExtendedStatistics statistics, SqlTemplate definition, TableName building, TableName hidden) {}
