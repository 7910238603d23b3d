package dev.gatefold.planner.hazard;

import dev.gatefold.planner.plan.Hazard;
import java.util.List;

/** Looks for one danger in a plan. One class each. */
interface HazardCheck {

  Danger danger();

  List<Hazard> in(Scene scene);
}
