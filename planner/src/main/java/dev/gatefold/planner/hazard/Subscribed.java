package dev.gatefold.planner.hazard;

import dev.gatefold.planner.hazard.Scene.Touch;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.plan.Hazard;
import dev.gatefold.planner.plan.Hazard.Severity;
import dev.gatefold.planner.schema.Table.Trait;
import java.util.List;
import java.util.stream.Stream;

/** Rows that come from a publisher bring the columns that they have there. */
final class Subscribed implements HazardCheck {

  private static final Danger DANGER = Danger.of("subscribed", Severity.DANGER);

  @Override
  public Danger danger() {
    return DANGER;
  }

  @Override
  public List<Hazard> in(Scene scene) {
    return Stream.concat(scene.added(), scene.dropped())
        .map(Touch::table)
        .distinct()
        .filter(table -> isSubscribed(scene, table))
        .map(
            table ->
                DANGER.at(
                    Weight.UNKNOWN,
                    table,
                    "a subscription writes this table: once a column that the publisher sends is"
                        + " gone, or has another name here, the subscription stops",
                    "Let the publisher stop sending the column first; add one here before it is"
                        + " added there."))
        .toList();
  }

  private static boolean isSubscribed(Scene scene, TableName name) {
    return scene.table(name).filter(it -> it.traits().contains(Trait.SUBSCRIBED)).isPresent();
  }
}
