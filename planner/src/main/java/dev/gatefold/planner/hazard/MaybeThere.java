package dev.gatefold.planner.hazard;

import dev.gatefold.planner.plan.Hazard;
import dev.gatefold.planner.plan.Hazard.Severity;
import java.util.List;
import java.util.regex.Pattern;

/** IF NOT EXISTS takes whatever has the name for what is wanted. */
final class MaybeThere implements HazardCheck {

  private static final Danger DANGER = Danger.of("if-not-exists", Severity.WARNING);

  private static final Pattern MAYBE = Pattern.compile(" IF NOT EXISTS\\b");

  @Override
  public Danger danger() {
    return DANGER;
  }

  @Override
  public List<Hazard> in(Scene scene) {
    return scene
        .ownStatements()
        .filter(statement -> MAYBE.matcher(statement).find())
        .map(
            statement ->
                DANGER.at(
                    Weight.UNKNOWN,
                    statement.length() <= 60 ? statement : statement.substring(0, 60) + "...",
                    "IF NOT EXISTS passes over whatever has the name, also an INVALID index that a"
                        + " failed build left, or a column of another type",
                    "Leave it out: Gatefold knows by its own record what is done."))
        .distinct()
        .toList();
  }
}
