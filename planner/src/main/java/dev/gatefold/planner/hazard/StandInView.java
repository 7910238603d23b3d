package dev.gatefold.planner.hazard;

import dev.gatefold.planner.plan.Hazard;
import dev.gatefold.planner.plan.Hazard.Severity;
import java.util.List;
import java.util.regex.Pattern;

/** A view under the old name of a table does most of what the table did, not all. */
final class StandInView implements HazardCheck {

  private static final Danger DANGER = Danger.of("stand-in-view", Severity.WARNING);

  private static final Pattern RENAME = Pattern.compile("^ALTER TABLE (?:RENAME TO|SET SCHEMA) ");

  private static final Pattern VIEW = Pattern.compile("^CREATE (?:OR REPLACE )?VIEW ");

  @Override
  public Danger danger() {
    return DANGER;
  }

  @Override
  public List<Hazard> in(Scene scene) {
    return scene.actions(VIEW).findAny().isEmpty()
        ? List.of()
        : scene
            .actions(RENAME)
            .filter(action -> !action.unproven() && scene.table(action).isPresent())
            .map(
                action ->
                    DANGER.at(
                        scene.weight(action),
                        action.object(),
                        "until drop the old name is a view: COPY into it, TRUNCATE, foreign keys to"
                            + " it and INSERT ... ON CONFLICT ON CONSTRAINT fail, and tools that"
                            + " look up the table's columns, defaults and keys find none",
                        "Let versions that need these use the new name first."))
            .distinct()
            .toList();
  }
}
