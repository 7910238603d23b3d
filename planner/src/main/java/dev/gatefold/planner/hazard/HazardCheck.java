package dev.gatefold.planner.hazard;

import dev.gatefold.planner.plan.Hazard;
import dev.gatefold.planner.replacement.TableReplacement;
import java.util.List;

/** Looks for one danger in the replacement of columns of a table. One class each. */
interface HazardCheck {

  List<Hazard> in(TableReplacement replacement);
}
