package dev.gatefold.planner.hazard;

import dev.gatefold.planner.plan.Hazard;
import dev.gatefold.planner.plan.Hazard.Severity;
import java.util.List;
import java.util.regex.Pattern;

/** CASCADE takes along what depends on an object, unnamed. */
final class DependentsDropped implements HazardCheck {

  private static final Danger DANGER = Danger.of("dependents-dropped", Severity.DANGER);

  private static final Pattern PATTERN =
      Pattern.compile("^(?:ALTER TABLE DROP|DROP|TRUNCATE) .*\\bCASCADE$");

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
                    "CASCADE takes along whatever depends on it - views, foreign keys, policies, defaults, rows of other tables - and names none of it",
                    "Leave CASCADE out: the server then names what depends on it. Drop those one by one, each with its undo."))
        .distinct()
        .toList();
  }
}
