package dev.gatefold.planner.hazard;

import dev.gatefold.planner.plan.Hazard;
import dev.gatefold.planner.plan.Hazard.Severity;
import dev.gatefold.planner.replacement.TableReplacement;
import java.util.List;

/** COPY without a column list expects as many fields as the table has columns. */
final class ColumnlessInsert implements HazardCheck {

  @Override
  public List<Hazard> in(TableReplacement replacement) {
    return List.of(
        new Hazard(
            "columnless-insert",
            Severity.WARNING,
            replacement.table().name().toString(),
            "expand adds a column at the end: COPY without a column list fails from then on, and"
                + " so do triggers that insert NEW.* elsewhere; after drop the columns stand in another"
                + " order",
            "List the columns in COPY and INSERT before expand."));
  }
}
