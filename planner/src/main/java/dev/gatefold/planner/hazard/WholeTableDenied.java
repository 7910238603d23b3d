package dev.gatefold.planner.hazard;

import dev.gatefold.planner.plan.Hazard;
import dev.gatefold.planner.plan.Hazard.Severity;
import dev.gatefold.planner.replacement.TableReplacement;
import java.util.List;

/** Who has rights on all columns but one has none on the table. */
final class WholeTableDenied implements ReplacementCheck {

  private static final Danger DANGER = Danger.of("whole-table-denied", Severity.WARNING);

  @Override
  public Danger danger() {
    return DANGER;
  }

  @Override
  public List<Hazard> in(TableReplacement replacement) {
    return replacement.denies()
        ? List.of(
            DANGER.at(
                Weight.of(replacement.table()),
                replacement.table().name().toString(),
                "from retire to drop the rights are on columns: SELECT *, RETURNING *, whole rows,"
                    + " COPY and INSERT without a column list, LOCK TABLE and dumps are denied to"
                    + " applications; a column added meanwhile needs a grant of its own, and a GRANT"
                    + " on the table lets whoever it names use the old column again",
                "List the columns in the applications' queries, and keep scripts from granting on"
                    + " the table while the change is retired."))
        : List.of();
  }
}
