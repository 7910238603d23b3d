package dev.gatefold.planner.hazard;

import dev.gatefold.planner.plan.Hazard;
import dev.gatefold.planner.plan.Hazard.Severity;
import java.util.List;
import java.util.regex.Pattern;

/** Policies change which rows people see, without an error. */
final class RowSecurityChanged implements HazardCheck {

  private static final Danger DANGER = Danger.of("row-security-changed", Severity.WARNING);

  private static final Pattern PATTERN =
      Pattern.compile(
          "^(?:CREATE|ALTER|DROP) POLICY "
              + "|^ALTER TABLE (?:ENABLE|DISABLE|FORCE|NO FORCE) ROW LEVEL SECURITY");

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
                    "queries see other rows from then on, without an error; a table whose row security is on and that has no policy shows none",
                    "Look as each role at what it sees, before and after; make the policies before row security is switched on."))
        .distinct()
        .toList();
  }
}
