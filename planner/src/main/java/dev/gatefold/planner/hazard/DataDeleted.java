package dev.gatefold.planner.hazard;

import dev.gatefold.planner.plan.Hazard;
import dev.gatefold.planner.plan.Hazard.Severity;
import java.util.List;
import java.util.regex.Pattern;

/** Rows that go for good. */
final class DataDeleted implements HazardCheck {

  private static final Danger DANGER = Danger.of("data-deleted", Severity.DANGER);

  private static final Pattern PATTERN =
      Pattern.compile(
          "^TRUNCATE\\b"
              + "|^DELETE FROM (?!.*\\bWHERE\\b)"
              + "|^DROP (?:TABLE|SCHEMA|DATABASE|MATERIALIZED VIEW)\\b");

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
                    action.object(),
                    "the statement deletes data that no undo brings back",
                    "Take a copy first; of a table, rename it and drop it later."))
        .distinct()
        .toList();
  }
}
