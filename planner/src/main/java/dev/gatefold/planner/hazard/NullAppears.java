package dev.gatefold.planner.hazard;

import dev.gatefold.planner.plan.Hazard;
import dev.gatefold.planner.plan.Hazard.Severity;
import java.util.List;
import java.util.regex.Pattern;

/** Versions that never met a NULL meet one. */
final class NullAppears implements HazardCheck {

  private static final Danger DANGER = Danger.of("null-appears", Severity.WARNING);

  private static final Pattern PATTERN =
      Pattern.compile("^ALTER TABLE ALTER COLUMN " + Action.NAME + " DROP NOT NULL");

  @Override
  public Danger danger() {
    return DANGER;
  }

  @Override
  public List<Hazard> in(Scene scene) {
    return scene
        .actions(PATTERN)
        .filter(action -> !scene.isNew(action))
        .map(
            action ->
                DANGER.at(
                    scene.weight(action),
                    action.columnObject(),
                    "as soon as somebody writes NULL, versions that do not expect it read it: in Java a primitive becomes 0 or false, an object null",
                    "Deploy versions that can read NULL everywhere before one writes it."))
        .distinct()
        .toList();
  }
}
