package dev.gatefold.planner.hazard;

import dev.gatefold.planner.hazard.Scene.Touch;
import dev.gatefold.planner.plan.Hazard;
import dev.gatefold.planner.plan.Hazard.Severity;
import java.util.List;
import java.util.stream.Stream;

/** A prepared {@code SELECT *} inside a transaction fails once when a column comes or goes. */
final class SelectStarPrepared implements HazardCheck {

  private static final Danger DANGER = Danger.byTraffic("prepared-select-star", Severity.WARNING);

  @Override
  public Danger danger() {
    return DANGER;
  }

  @Override
  public List<Hazard> in(Scene scene) {
    return Stream.concat(
            scene.added().map(touch -> hazard(scene, touch, "adds a column")),
            scene
                .dropped()
                .filter(touch -> !scene.replaces(touch.table()))
                .map(touch -> hazard(scene, touch, "drops a column")))
        .distinct()
        .toList();
  }

  private static Hazard hazard(Scene scene, Touch touch, String does) {
    return DANGER.at(
        scene.weight(touch.table()),
        touch.table(),
        "%s %s%s: a server-prepared SELECT * inside a transaction fails once with"
                .formatted(
                    touch.first().word(),
                    does,
                    scene.replaces(touch.table()) ? ", and drop drops one" : "")
            + " \"cached plan must not change result type\"",
        "List columns in the applications' queries, or retry; pgjdbc: autosave=conservative.");
  }
}
