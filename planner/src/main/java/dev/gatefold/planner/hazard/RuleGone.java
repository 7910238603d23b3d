package dev.gatefold.planner.hazard;

import dev.gatefold.planner.plan.Hazard;
import dev.gatefold.planner.plan.Hazard.Severity;
import java.util.List;
import java.util.regex.Pattern;

/** What a constraint kept out comes in, and keeps the constraint from coming back. */
final class RuleGone implements HazardCheck {

  private static final Danger DANGER = Danger.of("rule-gone", Severity.WARNING);

  private static final Pattern DROP =
      Pattern.compile("^ALTER TABLE DROP CONSTRAINT (" + Action.NAME + ")");

  @Override
  public Danger danger() {
    return DANGER;
  }

  @Override
  public List<Hazard> in(Scene scene) {
    return scene
        .actions(DROP)
        .filter(action -> scene.stays(action, action.group(DROP).orElseThrow()))
        .map(
            action ->
                DANGER.at(
                    scene.weight(action),
                    action.object(),
                    "without %s the table takes rows that it refused; after the first of them an"
                            .formatted(action.group(DROP).orElseThrow())
                        + " undo stops until it is mended",
                    "See that nobody relies on the refusal, then go on soon."))
        .distinct()
        .toList();
  }
}
