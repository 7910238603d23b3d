package dev.gatefold.planner.hazard;

import dev.gatefold.planner.plan.Hazard;
import dev.gatefold.planner.plan.Hazard.Severity;
import java.util.List;
import java.util.regex.Pattern;

/** A write of many rows in one transaction. */
final class WholeTableWrite implements HazardCheck {

  private static final Danger DANGER = Danger.bySize("rows-in-one-transaction", Severity.WARNING);

  private static final Pattern PATTERN =
      Pattern.compile(
          "^UPDATE "
              + "|^DELETE FROM "
              + "|^INSERT INTO .*\\bSELECT\\b"
              + "|^MERGE INTO "
              + "|^WITH .*\\b(?:UPDATE|DELETE|INSERT)\\b");

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
                    "the statement writes rows in one transaction: it holds their locks to its end, vacuum waits for it, and standbys and subscribers get it in one piece",
                    "Let gatefold backfill write many rows in batches."))
        .distinct()
        .toList();
  }
}
