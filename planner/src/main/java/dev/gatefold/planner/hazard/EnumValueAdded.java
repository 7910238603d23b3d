package dev.gatefold.planner.hazard;

import dev.gatefold.planner.plan.Hazard;
import dev.gatefold.planner.plan.Hazard.Severity;
import java.util.List;
import java.util.regex.Pattern;

/** A value that versions in the field have never heard of. */
final class EnumValueAdded implements HazardCheck {

  private static final Danger DANGER = Danger.of("enum-value-added", Severity.WARNING);

  private static final Pattern PATTERN = Pattern.compile("^ALTER TYPE .* ADD VALUE ");

  @Override
  public Danger danger() {
    return DANGER;
  }

  @Override
  public List<Hazard> in(Scene scene) {
    return scene
        .actions(PATTERN)
        .map(
            action ->
                DANGER.at(
                    scene.weight(action),
                    action.object(),
                    "as soon as somebody writes the new value, versions that do not know it fail to read it (Enum.valueOf); PostgreSQL cannot take it away again",
                    "Deploy versions that can read the value everywhere before one writes it."))
        .distinct()
        .toList();
  }
}
