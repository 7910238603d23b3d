package dev.gatefold.planner.hazard;

import dev.gatefold.planner.plan.Hazard;
import dev.gatefold.planner.plan.Hazard.Severity;
import java.util.List;
import java.util.regex.Pattern;

/** A name that goes in the instant in which its successor comes. */
final class TableRenamed implements HazardCheck {

  private static final Danger DANGER = Danger.of("table-renamed", Severity.DANGER);

  private static final Pattern RENAME = Pattern.compile("^ALTER TABLE (?:RENAME TO|SET SCHEMA) ");

  @Override
  public Danger danger() {
    return DANGER;
  }

  @Override
  public List<Hazard> in(Scene scene) {
    return scene
        .unproven(RENAME)
        .map(
            action ->
                DANGER.at(
                    scene.weight(action),
                    action.object(),
                    "from the same moment on every version that knows the old name fails with 42P01",
                    "Take rename_table: both names work side by side, one of them as a view."))
        .toList();
  }
}
