package dev.gatefold.planner.hazard;

import dev.gatefold.planner.plan.Hazard;
import dev.gatefold.planner.plan.Hazard.Severity;
import dev.gatefold.planner.plan.Plan.Leaving;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What nothing takes back. */
final class DropIsFinal implements HazardCheck {

  private static final Danger DANGER = Danger.of("drop-is-final", Severity.NOTE);

  private static final Pattern DROPS =
      Pattern.compile("^ALTER TABLE DROP COLUMN |^DROP (?:TABLE|MATERIALIZED VIEW|TYPE) ");

  @Override
  public Danger danger() {
    return DANGER;
  }

  @Override
  public List<Hazard> in(Scene scene) {
    return Stream.of(
            scene.replacements().stream()
                .map(
                    table ->
                        hazard(
                            table.table().name().toString(),
                            "drop takes the old column away: there is no rollback after it",
                            "Wait in retired until nobody misses the old column.")),
            scene.leaving().stream().map(DropIsFinal::leaving),
            scene
                .copied()
                .map(
                    rows ->
                        hazard(
                            rows.table().toString(),
                            "drop takes the old table away: there is no rollback after it",
                            "Wait in retired until the new one has shown what it can do.")),
            scene
                .unproven(DROPS)
                .map(
                    action ->
                        hazard(
                            action.object(),
                            "%s takes data away for good: there is no rollback after it"
                                .formatted(action.stage().word()),
                            "Wait until nobody misses it, and keep a copy.")))
        .flatMap(hazards -> hazards)
        .distinct()
        .toList();
  }

  private static Hazard leaving(Leaving leaving) {
    return hazard(
        leaving.table() + leaving.column().map(column -> "." + column).orElse(""),
        "drop takes the %s away with what it holds: there is no rollback after it"
            .formatted(leaving.column().isPresent() ? "column" : "table"),
        "Wait in retired until nobody misses it.");
  }

  private static Hazard hazard(String object, String message, String cure) {
    return DANGER.at(Weight.UNKNOWN, object, message, cure);
  }
}
