package dev.gatefold.planner.hazard;

import dev.gatefold.planner.plan.Hazard;
import dev.gatefold.planner.plan.Hazard.Severity;
import java.util.List;
import java.util.regex.Pattern;

/** SQL of a user's own: nobody has seen its locks, and its undo is what the file says. */
final class UnprovenSql implements HazardCheck {

  private static final Danger DANGER = Danger.of("unproven-sql", Severity.WARNING);

  /** Under which search path it runs is ours to say. */
  private static final Pattern PATH = Pattern.compile("^(?:SET|RESET) ");

  @Override
  public Danger danger() {
    return DANGER;
  }

  @Override
  public List<Hazard> in(Scene scene) {
    return scene
        .actions()
        .filter(Action::unproven)
        .filter(action -> !action.is(PATH))
        .map(
            action ->
                DANGER.at(
                    Weight.UNKNOWN,
                    action.object(),
                    "%s runs SQL of your own: what it locks, how long it takes and whether its undo"
                            .formatted(action.stage().word())
                        + " takes it back is what the file says, and nobody has seen it",
                    "Take an operation that does the same where there is one; else try it with"
                        + " gatefold test."))
        .distinct()
        .toList();
  }
}
