package dev.gatefold.planner.hazard;

import dev.gatefold.planner.plan.Hazard;
import dev.gatefold.planner.plan.Hazard.Severity;
import java.util.List;
import java.util.regex.Pattern;

/** Whoever is left without a right fails at once, with everything else that he may do. */
final class RightTaken implements HazardCheck {

  private static final Danger DANGER = Danger.of("right-taken", Severity.WARNING);

  private static final Pattern REVOKE = Pattern.compile("^REVOKE (?!GRANT OPTION )");

  @Override
  public Danger danger() {
    return DANGER;
  }

  @Override
  public List<Hazard> in(Scene scene) {
    return scene
        .unproven(REVOKE)
        .map(
            action ->
                DANGER.at(
                    Weight.UNKNOWN,
                    action.object(),
                    "from the same moment on statements that need the right fail with 42501; one"
                        + " granted on single columns is gone too where it is taken for the table",
                    "Look who uses it first; the undo is the GRANT as it was."))
        .toList();
  }
}
