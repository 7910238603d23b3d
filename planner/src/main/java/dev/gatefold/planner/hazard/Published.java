package dev.gatefold.planner.hazard;

import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.plan.Hazard;
import dev.gatefold.planner.plan.Hazard.Severity;
import dev.gatefold.planner.schema.Table.Trait;
import java.util.List;
import java.util.stream.Stream;

/** Logical replication carries rows, not columns: a subscriber without the column stops. */
final class Published implements HazardCheck {

  private static final Danger DANGER = Danger.of("published", Severity.DANGER);

  @Override
  public Danger danger() {
    return DANGER;
  }

  @Override
  public List<Hazard> in(Scene scene) {
    return Stream.of(
            scene.replacements().stream()
                .map(table -> table.table().name())
                .filter(table -> isPublished(scene, table))
                .map(Published::replaced),
            scene.added().filter(it -> changed(scene, it)).map(it -> added(it.table())),
            scene.dropped().filter(it -> changed(scene, it)).map(it -> dropped(it.table())))
        .flatMap(hazards -> hazards)
        .distinct()
        .toList();
  }

  private static boolean changed(Scene scene, Scene.Touch touch) {
    return isPublished(scene, touch.table()) && !scene.replaces(touch.table());
  }

  private static boolean isPublished(Scene scene, TableName name) {
    return scene.table(name).filter(it -> it.traits().contains(Trait.PUBLISHED)).isPresent();
  }

  private static Hazard replaced(TableName table) {
    return hazard(
        table,
        "a publication sends this table: a subscriber that lacks the new column stops, and the"
            + " backfill sends every row once more",
        "Add the column on each subscriber before expand; drop the old one there last.");
  }

  private static Hazard added(TableName table) {
    return hazard(
        table,
        "a publication sends this table: a subscriber that lacks the new column stops at the first"
            + " row that is written",
        "Add the column on each subscriber first; consumers of change events (Debezium) meet a new"
            + " schema.");
  }

  private static Hazard dropped(TableName table) {
    return hazard(
        table,
        "a publication sends this table: a subscriber that still has the column fills it with its"
            + " default from then on, and stops where it is NOT NULL without one",
        "Drop the column here first and on each subscriber after it, or drop its NOT NULL there"
            + " before; consumers of change events (Debezium) meet a schema without it.");
  }

  private static Hazard hazard(TableName table, String message, String cure) {
    return DANGER.at(Weight.UNKNOWN, table, message, cure);
  }
}
