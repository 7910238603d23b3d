package dev.gatefold.planner.hazard;

import dev.gatefold.planner.hazard.Scene.Touch;
import dev.gatefold.planner.plan.Hazard;
import dev.gatefold.planner.plan.Hazard.Severity;
import java.util.List;
import java.util.stream.Stream;

/** COPY without a column list expects as many fields as the table has columns. */
final class ColumnlessInsert implements HazardCheck {

  private static final Danger DANGER = Danger.byTraffic("columnless-insert", Severity.WARNING);

  @Override
  public Danger danger() {
    return DANGER;
  }

  @Override
  public List<Hazard> in(Scene scene) {
    return Stream.concat(
            scene.added().map(touch -> hazard(scene, touch, added(scene, touch))),
            scene
                .dropped()
                .filter(touch -> !scene.replaces(touch.table()))
                .map(
                    touch ->
                        hazard(
                            scene,
                            touch,
                            " drops a column: COPY and INSERT without a column list have one value"
                                + " too many from then on, or put it into the next column")))
        .distinct()
        .toList();
  }

  private static String added(Scene scene, Touch touch) {
    return " adds a column at the end: COPY without a column list fails from then on, and so do"
        + " triggers that insert NEW.* elsewhere"
        + (scene.replaces(touch.table()) ? "; after drop the columns stand in another order" : "");
  }

  private static Hazard hazard(Scene scene, Touch touch, String what) {
    return DANGER.at(
        scene.weight(touch.table()),
        touch.table(),
        touch.first().word() + what,
        "List the columns in COPY and INSERT before %s.".formatted(touch.first().word()));
  }
}
