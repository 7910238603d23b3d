package dev.gatefold.planner.hazard;

import dev.gatefold.planner.hazard.Scene.Touch;
import dev.gatefold.planner.plan.Hazard;
import dev.gatefold.planner.plan.Hazard.Severity;
import dev.gatefold.planner.schema.Table;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The server drops with a column whatever index or constraint is over it, among others. */
final class GoesAlong implements HazardCheck {

  private static final Danger DANGER = Danger.of("goes-along", Severity.WARNING);

  @Override
  public Danger danger() {
    return DANGER;
  }

  @Override
  public List<Hazard> in(Scene scene) {
    return scene
        .dropped()
        .filter(touch -> !scene.replaces(touch.table()))
        .flatMap(
            touch -> scene.table(touch.table()).stream().flatMap(table -> hazard(table, touch)))
        .distinct()
        .toList();
  }

  private static Stream<Hazard> hazard(Table table, Touch touch) {
    String names =
        table.column(touch.column()).stream()
            .flatMap(column -> alongside(table, column.attnum()))
            .collect(Collectors.joining(", "));
    return names.isEmpty()
        ? Stream.empty()
        : Stream.of(
            DANGER.at(
                Weight.of(table),
                table.name() + "." + touch.column(),
                "with the column go, although they are over other columns too: " + names,
                "Where they are wanted without it, make them anew first."));
  }

  private static Stream<String> alongside(Table table, int attnum) {
    return Stream.concat(
        table.indexes().stream()
            .filter(index -> index.constraint().isEmpty())
            .filter(index -> index.columns().contains(attnum) && index.columns().size() > 1)
            .map(index -> "index " + index.name()),
        table.constraints().stream()
            .filter(
                constraint ->
                    constraint.columns().contains(attnum) && constraint.columns().size() > 1)
            .map(constraint -> "constraint " + constraint.name()));
  }
}
