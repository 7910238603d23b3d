package dev.gatefold.planner.hazard;

import dev.gatefold.planner.plan.Hazard;
import dev.gatefold.planner.plan.Hazard.Severity;
import java.util.List;
import java.util.regex.Pattern;

/** A view under the new name of a table does most of what the table does, not all. */
final class StandInView implements HazardCheck {

  private static final Danger DANGER = Danger.of("stand-in-view", Severity.WARNING);

  /** Before it, MERGE did not take a view. */
  private static final int FIRST_WITH_MERGE = 17;

  private static final Pattern RENAME = Pattern.compile("^ALTER TABLE (?:RENAME TO|SET SCHEMA) ");

  private static final Pattern VIEW = Pattern.compile("^CREATE (?:OR REPLACE )?VIEW ");

  @Override
  public Danger danger() {
    return DANGER;
  }

  @Override
  public List<Hazard> in(Scene scene) {
    boolean renames =
        scene.actions(RENAME).anyMatch(it -> !it.unproven() && scene.table(it).isPresent());
    return scene
        .actions(VIEW)
        .filter(view -> renames && !view.unproven())
        .map(
            view ->
                DANGER.at(
                    Weight.UNKNOWN,
                    view.object(),
                    "until retire the new name is a view: COPY into it, TRUNCATE, foreign keys to"
                        + " it, INSERT ... ON CONFLICT ON CONSTRAINT"
                        + (scene.schema().server().version() < FIRST_WITH_MERGE ? ", MERGE" : "")
                        + " and locks of single partitions fail by that name, and tools that look"
                        + " up the table's columns, defaults and keys find none",
                    "Let versions that need these wait for retire."))
        .distinct()
        .toList();
  }
}
