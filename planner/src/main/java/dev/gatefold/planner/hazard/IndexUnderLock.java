package dev.gatefold.planner.hazard;

import dev.gatefold.planner.plan.Hazard;
import dev.gatefold.planner.plan.Hazard.Severity;
import java.util.List;
import java.util.regex.Pattern;

/** A statement of a user's own that builds an index while nobody can write. */
final class IndexUnderLock implements HazardCheck {

  private static final Danger DANGER = Danger.bySize("index-under-lock", Severity.DANGER);

  private static final Pattern PATTERN =
      Pattern.compile(
          "^CREATE (?:UNIQUE )?INDEX (?!CONCURRENTLY\\b)"
              + "|^ALTER TABLE ADD (?:CONSTRAINT "
              + Action.NAME
              + " )?(?:UNIQUE|PRIMARY KEY)\\b(?!.* USING INDEX )"
              + "|^ALTER TABLE ADD (?:CONSTRAINT "
              + Action.NAME
              + " )?EXCLUDE\\b"
              + "|^ALTER TABLE ADD COLUMN .* (?:UNIQUE|PRIMARY KEY)\\b"
              + "|^REINDEX (?!.*\\bCONCURRENTLY\\b)");

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
                    "the statement builds an index under a lock that stops writes: they wait until it is built",
                    "Take create_index or add_constraint, which build it beside traffic."))
        .distinct()
        .toList();
  }
}
