package dev.gatefold.planner.hazard;

import dev.gatefold.planner.plan.Hazard;
import dev.gatefold.planner.plan.Hazard.Severity;
import java.util.List;
import java.util.regex.Pattern;

/** Whoever leaves the column out of an INSERT gets another value. */
final class DefaultChanged implements HazardCheck {

  private static final Danger DANGER = Danger.byTraffic("default-changed", Severity.WARNING);

  private static final Pattern PATTERN =
      Pattern.compile("^ALTER TABLE ALTER COLUMN " + Action.NAME + " (?:SET|DROP) DEFAULT\\b");

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
                    "an INSERT that leaves the column out stores another value from then on, also one of an old version",
                    "Let every version that means the old value say it in its INSERT first."))
        .distinct()
        .toList();
  }
}
