package dev.gatefold.planner.hazard;

import dev.gatefold.planner.plan.Hazard;
import dev.gatefold.planner.plan.Hazard.Severity;
import java.util.List;
import java.util.regex.Pattern;

/** What subscribers and consumers of change events learn of the row that was. */
final class ReplicaIdentityChanged implements HazardCheck {

  private static final Danger DANGER =
      Danger.byTraffic("replica-identity-changed", Severity.WARNING);

  private static final Pattern IDENTITY = Pattern.compile("^ALTER TABLE REPLICA IDENTITY (\\w+)");

  @Override
  public Danger danger() {
    return DANGER;
  }

  @Override
  public List<Hazard> in(Scene scene) {
    return scene
        .actions(IDENTITY)
        .map(
            action ->
                DANGER.at(
                    scene.weight(action),
                    action.object(),
                    message(action.group(IDENTITY).orElseThrow()),
                    "Agree with whoever subscribes or reads change events (Debezium)."))
        .toList();
  }

  private static String message(String identity) {
    return switch (identity) {
      case "FULL" ->
          "each UPDATE and DELETE writes the whole old row to the log, and a subscriber looks for it"
              + " by all columns";
      case "NOTHING" ->
          "a publication that sends updates and deletes makes each UPDATE and DELETE of the table"
              + " fail (55000)";
      default ->
          "subscribers and consumers of change events find the old row by other columns from then"
              + " on";
    };
  }
}
