package dev.gatefold.planner.hazard;

import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.plan.Hazard;
import dev.gatefold.planner.plan.Hazard.Severity;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Functions whose bodies the server keeps as text: they do not follow a table, nor hold it. */
final class FunctionNamesTable implements HazardCheck {

  private static final Danger DANGER = Danger.of("function-names-table", Severity.WARNING);

  private static final Pattern RENAME = Pattern.compile("^ALTER TABLE (?:RENAME TO|SET SCHEMA) ");

  @Override
  public Danger danger() {
    return DANGER;
  }

  @Override
  public List<Hazard> in(Scene scene) {
    return Stream.concat(
            scene.actions(RENAME).flatMap(action -> action.table().stream()),
            scene.leaving().stream()
                .filter(leaving -> leaving.column().isEmpty())
                .map(leaving -> leaving.table()))
        .distinct()
        .flatMap(table -> at(scene, table))
        .toList();
  }

  private static Stream<Hazard> at(Scene scene, TableName table) {
    return scene
        .schema()
        .drafts()
        .standing(table)
        .filter(standing -> !standing.mentions().isEmpty())
        .map(
            standing ->
                DANGER.at(
                    Weight.UNKNOWN,
                    table,
                    "by their text these functions use the table, and fail from retire on: "
                        + String.join(", ", standing.mentions()),
                    "Let them use what takes its place, before retire."))
        .stream();
  }
}
