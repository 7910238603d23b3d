package dev.gatefold.planner.hazard;

import dev.gatefold.planner.plan.Hazard;
import dev.gatefold.planner.plan.Hazard.Severity;
import java.util.List;
import java.util.regex.Pattern;

/** A label that versions in the field still write. */
final class EnumValueRenamed implements HazardCheck {

  private static final Danger DANGER = Danger.of("enum-value-renamed", Severity.DANGER);

  private static final Pattern PATTERN = Pattern.compile("^ALTER TYPE .* RENAME VALUE ");

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
                    "from the same moment on versions that write or compare the old label fail with 22P02",
                    "Add the new value, let applications write it, convert the rows, then remove the old one."))
        .distinct()
        .toList();
  }
}
