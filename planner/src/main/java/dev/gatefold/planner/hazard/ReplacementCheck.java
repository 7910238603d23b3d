package dev.gatefold.planner.hazard;

import dev.gatefold.planner.plan.Hazard;
import dev.gatefold.planner.replacement.TableReplacement;
import java.util.List;

/** Looks for a danger that there is only where columns give way to others. */
interface ReplacementCheck extends HazardCheck {

  List<Hazard> in(TableReplacement replacement);

  @Override
  default List<Hazard> in(Scene scene) {
    return scene.replacements().stream().flatMap(replacement -> in(replacement).stream()).toList();
  }
}
