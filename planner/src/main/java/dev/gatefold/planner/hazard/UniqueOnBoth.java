package dev.gatefold.planner.hazard;

import dev.gatefold.planner.plan.Hazard;
import dev.gatefold.planner.plan.Hazard.Severity;
import dev.gatefold.planner.replacement.TableReplacement;
import dev.gatefold.planner.schema.Index;
import java.util.List;

/** While both columns are unique, an UPSERT that names one may collide on the other. */
final class UniqueOnBoth implements ReplacementCheck {

  private static final Danger DANGER = Danger.byTraffic("unique-on-both", Severity.WARNING);

  @Override
  public Danger danger() {
    return DANGER;
  }

  @Override
  public List<Hazard> in(TableReplacement replacement) {
    return replacement.table().indexes().stream()
        .filter(index -> index.unique() && touches(replacement, index))
        .map(
            index ->
                DANGER.at(
                    Weight.of(replacement.table()),
                    replacement.table().name() + "." + index.name(),
                    "from the end of the backfill to retire both columns are unique: of two"
                        + " INSERT ... ON CONFLICT at the same instant one may fail with 23505",
                    "Let applications retry it, or keep that time short."))
        .toList();
  }

  private static boolean touches(TableReplacement replacement, Index index) {
    return replacement.columns().stream()
        .anyMatch(column -> index.columns().contains(column.old().attnum()));
  }
}
