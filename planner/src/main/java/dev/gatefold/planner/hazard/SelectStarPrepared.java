package dev.gatefold.planner.hazard;

import dev.gatefold.planner.plan.Hazard;
import dev.gatefold.planner.plan.Hazard.Severity;
import dev.gatefold.planner.replacement.TableReplacement;
import java.util.List;

/** A prepared {@code SELECT *} inside a transaction fails once when a column is added. */
final class SelectStarPrepared implements HazardCheck {

  @Override
  public List<Hazard> in(TableReplacement replacement) {
    return List.of(
        new Hazard(
            "prepared-select-star",
            Severity.WARNING,
            replacement.table().name().toString(),
            "expand adds a column: a server-prepared SELECT * inside a transaction fails once with"
                + " \"cached plan must not change result type\"",
            "List columns in the applications' queries, or retry; pgjdbc: autosave=conservative."));
  }
}
