package dev.gatefold.planner.hazard;

import dev.gatefold.planner.plan.Hazard;
import dev.gatefold.planner.plan.Hazard.Severity;
import java.util.List;
import java.util.regex.Pattern;

/** Each DELETE and key UPDATE of the parent looks for rows that refer to it. */
final class ForeignKeyUnindexed implements HazardCheck {

  private static final Danger DANGER = Danger.bySize("foreign-key-unindexed", Severity.WARNING);

  private static final Pattern KEY =
      Pattern.compile(
          "^ALTER TABLE ADD (?:CONSTRAINT " + Action.NAME + " )?FOREIGN KEY \\( (.*?) \\)");

  @Override
  public Danger danger() {
    return DANGER;
  }

  @Override
  public List<Hazard> in(Scene scene) {
    return scene
        .actions(KEY)
        .filter(action -> action.table().isPresent())
        .filter(action -> !indexed(scene, action, columns(action)))
        .map(
            action ->
                DANGER.at(
                    scene.weight(action),
                    action.object() + " (" + String.join(", ", columns(action)) + ")",
                    "no index begins with the columns that refer: each DELETE in the other table,"
                        + " and each UPDATE of its key, reads this table as a whole, and holds its"
                        + " locks as long",
                    "Create an index over these columns first; create_index does it beside"
                        + " traffic."))
        .distinct()
        .toList();
  }

  private static List<String> columns(Action action) {
    return List.of(action.group(KEY).orElseThrow().split(" , ")).stream()
        .map(name -> Statements.identifier(name).map(it -> it.value()).orElse(name))
        .toList();
  }

  /** Whether an index, of the table or of the change, begins with the columns in any order. */
  private static boolean indexed(Scene scene, Action action, List<String> columns) {
    return scene
        .leading(action.table().orElseThrow())
        .anyMatch(
            leading ->
                leading.size() >= columns.size()
                    && columns.containsAll(leading.subList(0, columns.size())));
  }
}
