package dev.gatefold.planner.hazard;

import dev.gatefold.planner.plan.Hazard;
import dev.gatefold.planner.plan.Hazard.Severity;
import java.util.List;

/** A dropped column leaves its bytes in the rows. */
final class SpaceKept implements HazardCheck {

  private static final Danger DANGER = Danger.bySize("space-kept", Severity.NOTE);

  @Override
  public Danger danger() {
    return DANGER;
  }

  @Override
  public List<Hazard> in(Scene scene) {
    return scene
        .dropped()
        .map(
            touch ->
                DANGER.at(
                    scene.weight(touch.table()),
                    touch.table(),
                    "a dropped column gives no space back: its bytes stay in each row until the row"
                        + " is written again, and its number counts against the 1,600 of a table",
                    "Nothing to do, mostly; VACUUM FULL, pg_repack or REPACK CONCURRENTLY (19) write"
                        + " the table anew."))
        .distinct()
        .toList();
  }
}
