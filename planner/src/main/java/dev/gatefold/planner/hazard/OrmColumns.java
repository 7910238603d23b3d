package dev.gatefold.planner.hazard;

import dev.gatefold.planner.hazard.Scene.Touch;
import dev.gatefold.planner.plan.Hazard;
import dev.gatefold.planner.plan.Hazard.Severity;
import java.util.List;
import java.util.stream.Stream;

/** An object mapper writes all columns that it knows, whatever the program changed. */
final class OrmColumns implements HazardCheck {

  private static final Danger DANGER = Danger.of("orm-columns", Severity.WARNING);

  @Override
  public Danger danger() {
    return DANGER;
  }

  @Override
  public List<Hazard> in(Scene scene) {
    return Stream.concat(
            scene.replacements().stream()
                .map(
                    table ->
                        hazard(
                            scene.weight(table.table().name()),
                            table.table().name(),
                            "an object mapper that knows both columns writes both in each INSERT"
                                + " and UPDATE: where they do not agree the write is refused",
                            "Map one of the two columns in each version, never both.")),
            scene
                .dropped()
                .filter(touch -> !scene.replaces(touch.table()))
                .map(it -> dropped(scene, it)))
        .distinct()
        .toList();
  }

  private static Hazard dropped(Scene scene, Touch touch) {
    return hazard(
        scene.weight(touch.table()),
        touch.table() + "." + touch.column(),
        "an object mapper writes and reads every column that it knows, also one that the program"
            + " never touches: versions that map the column fail from %s on"
                .formatted(touch.first().word()),
        "Take the column out of the mapping, deploy that everywhere, then promote %s."
            .formatted(touch.first().word()));
  }

  private static Hazard hazard(Weight weight, Object object, String message, String cure) {
    return DANGER.at(weight, object, message, cure);
  }
}
