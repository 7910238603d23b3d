package dev.gatefold.planner.hazard;

import dev.gatefold.planner.plan.Hazard;
import dev.gatefold.planner.plan.Hazard.Severity;
import dev.gatefold.planner.replacement.ColumnReplacement;
import dev.gatefold.planner.replacement.TableReplacement;
import java.util.List;

/** A kept name that changes its type in the swap meets prepared statements made before. */
final class CachedPlan implements HazardCheck {

  @Override
  public List<Hazard> in(TableReplacement replacement) {
    return replacement.columns().stream()
        .filter(ColumnReplacement::keepsName)
        .map(
            column ->
                new Hazard(
                    "cached-plan",
                    Severity.WARNING,
                    replacement.table().name() + "." + column.old().name(),
                    "retire gives the name another type: a server-prepared statement that returns"
                        + " the column, inside a transaction, fails once with"
                        + " \"cached plan must not change result type\"",
                    "Let applications retry; pgjdbc: autosave=conservative."))
        .toList();
  }
}
