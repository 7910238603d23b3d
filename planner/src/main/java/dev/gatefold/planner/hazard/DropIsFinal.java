package dev.gatefold.planner.hazard;

import dev.gatefold.planner.plan.Hazard;
import dev.gatefold.planner.plan.Hazard.Severity;
import dev.gatefold.planner.replacement.TableReplacement;
import java.util.List;

/** The one stage that nothing takes back. */
final class DropIsFinal implements HazardCheck {

  @Override
  public List<Hazard> in(TableReplacement replacement) {
    return List.of(
        new Hazard(
            "drop-is-final",
            Severity.NOTE,
            replacement.table().name().toString(),
            "drop takes the old column away: there is no rollback after it",
            "Wait in retired until nobody misses the old column."));
  }
}
