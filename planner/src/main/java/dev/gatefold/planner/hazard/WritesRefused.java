package dev.gatefold.planner.hazard;

import dev.gatefold.planner.plan.Hazard;
import dev.gatefold.planner.plan.Hazard.Severity;
import java.util.List;
import java.util.regex.Pattern;

/** A new rule binds versions that were written before it. */
final class WritesRefused implements HazardCheck {

  private static final Danger DANGER = Danger.byTraffic("writes-refused", Severity.WARNING);

  private static final Pattern RULE =
      Pattern.compile(
          "^ALTER TABLE ADD (?:CONSTRAINT "
              + Action.NAME
              + " )?(?:CHECK|FOREIGN KEY|UNIQUE|PRIMARY KEY|EXCLUDE|NOT NULL)\\b"
              + "|^ALTER TABLE ALTER COLUMN "
              + Action.NAME
              + " SET NOT NULL"
              + "|^CREATE UNIQUE INDEX ");

  @Override
  public Danger danger() {
    return DANGER;
  }

  @Override
  public List<Hazard> in(Scene scene) {
    return scene
        .actions(RULE)
        .filter(action -> scene.table(action).isPresent())
        .filter(action -> !scene.isNew(action) && !scene.isPassing(action))
        .map(
            action ->
                DANGER.at(
                    scene.weight(action),
                    action.object(),
                    "from %s on the table refuses rows that it took before: writes of versions that"
                            .formatted(action.stage().word())
                        + " do not know the rule fail, also an UPDATE of another column of an old"
                        + " row that breaks it",
                    "Deploy versions that keep the rule first, and mend the rows that break it."))
        .distinct()
        .toList();
  }
}
