package dev.gatefold.planner.hazard;

import dev.gatefold.planner.plan.Hazard;
import dev.gatefold.planner.plan.Hazard.Severity;
import dev.gatefold.planner.replacement.TableReplacement;
import java.util.List;

/** A row taken as a whole has one more column from expand on, and another order after drop. */
final class WholeRow implements ReplacementCheck {

  private static final Danger DANGER = Danger.of("whole-row", Severity.WARNING);

  @Override
  public Danger danger() {
    return DANGER;
  }

  @Override
  public List<Hazard> in(TableReplacement replacement) {
    return replacement.table().wholeRows().stream()
        .map(
            reader ->
                DANGER.at(
                    Weight.of(replacement.table()),
                    replacement.table().name().toString(),
                    reader
                        + " reads whole rows of the table: from expand to drop they have both"
                        + " columns, and then another order of columns",
                    "Have it list the columns that it needs."))
        .toList();
  }
}
