package dev.gatefold.planner.hazard;

import dev.gatefold.planner.plan.Hazard;
import dev.gatefold.planner.plan.Hazard.Severity;
import java.util.List;
import java.util.regex.Pattern;

/** A statement of a user's own that reads the whole table under a lock that stops writes. */
final class ScanUnderLock implements HazardCheck {

  private static final Danger DANGER = Danger.bySize("scan-under-lock", Severity.DANGER);

  private static final Pattern PATTERN =
      Pattern.compile(
          "^ALTER TABLE ALTER COLUMN "
              + Action.NAME
              + " SET NOT NULL"
              + "|^ALTER TABLE ADD (?:CONSTRAINT "
              + Action.NAME
              + " )?(?:CHECK|FOREIGN KEY|NOT NULL)\\b(?!.*\\bNOT (?:VALID|ENFORCED)\\b)"
              + "|^ALTER TABLE ADD COLUMN .* CHECK \\("
              + "|^ALTER TABLE ATTACH PARTITION\\b"
              + "|^ALTER TABLE ALTER CONSTRAINT "
              + Action.NAME
              + " ENFORCED"
              + "|^ALTER DOMAIN .* (?:ADD|VALIDATE|SET NOT NULL)\\b(?!.*\\bNOT VALID\\b)");

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
                    "the statement reads every row under a lock that stops writes: they wait until it is done",
                    "Take the operation that validates beside traffic: add_constraint, or alter_column with nullable: false; of a domain, put the check on the tables."))
        .distinct()
        .toList();
  }
}
