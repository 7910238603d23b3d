package dev.gatefold.planner.hazard;

import dev.gatefold.planner.plan.Hazard;
import dev.gatefold.planner.plan.Hazard.Severity;
import dev.gatefold.planner.replacement.ColumnReplacement;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A name that changes its type meets statements that were prepared before. */
final class CachedPlan implements HazardCheck {

  private static final Danger DANGER = Danger.byTraffic("cached-plan", Severity.WARNING);

  private static final Pattern TYPE =
      Pattern.compile("^ALTER TABLE ALTER COLUMN " + Action.NAME + " (?:SET DATA )?TYPE ");

  @Override
  public Danger danger() {
    return DANGER;
  }

  @Override
  public List<Hazard> in(Scene scene) {
    Stream<Hazard> replaced =
        scene.replacements().stream()
            .flatMap(
                table ->
                    table.columns().stream()
                        .filter(ColumnReplacement::keepsName)
                        .map(
                            column ->
                                hazard(
                                    Weight.of(table.table()),
                                    table.table().name() + "." + column.old().name(),
                                    "retire")));
    Stream<Hazard> altered =
        scene
            .actions(TYPE)
            .map(
                action ->
                    hazard(scene.weight(action), action.columnObject(), action.stage().word()));
    return Stream.concat(replaced, altered).toList();
  }

  private static Hazard hazard(Weight weight, String column, String stage) {
    return DANGER.at(
        weight,
        column,
        stage
            + " gives the name another type: a server-prepared statement that returns the column,"
            + " inside a transaction, fails once with \"cached plan must not change result type\"",
        "Let applications retry; pgjdbc: autosave=conservative.");
  }
}
