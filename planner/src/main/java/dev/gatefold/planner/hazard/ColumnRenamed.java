package dev.gatefold.planner.hazard;

import dev.gatefold.planner.plan.Hazard;
import dev.gatefold.planner.plan.Hazard.Severity;
import java.util.List;
import java.util.regex.Pattern;

/** A name that goes in the instant in which its successor comes. */
final class ColumnRenamed implements HazardCheck {

  private static final Danger DANGER = Danger.of("column-renamed", Severity.DANGER);

  private static final Pattern PATTERN = Pattern.compile("^ALTER TABLE RENAME COLUMN ");

  @Override
  public Danger danger() {
    return DANGER;
  }

  @Override
  public List<Hazard> in(Scene scene) {
    return scene
        .unproven(PATTERN)
        .map(
            action ->
                DANGER.at(
                    scene.weight(action),
                    action.columnObject(),
                    "from the same moment on every version that knows the old name fails with 42703: no moment suits all of them",
                    "Take rename_column: both names live side by side."))
        .distinct()
        .toList();
  }
}
