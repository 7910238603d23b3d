package dev.gatefold.planner.hazard;

import dev.gatefold.planner.plan.Hazard;
import dev.gatefold.planner.plan.Hazard.Severity;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The type json has no equality. */
final class JsonNotComparable implements HazardCheck {

  private static final Danger DANGER = Danger.of("json-not-comparable", Severity.WARNING);

  private static final Pattern JSON =
      Pattern.compile(
          "^ALTER TABLE (?:ADD COLUMN "
              + Action.NAME
              + "|ALTER COLUMN "
              + Action.NAME
              + " (?:SET DATA )?TYPE) (?:(?:PG_CATALOG|\"pg_catalog\") \\. )?(?:JSON|\"json\")(?: |$)");

  @Override
  public Danger danger() {
    return DANGER;
  }

  @Override
  public List<Hazard> in(Scene scene) {
    return Stream.concat(
            scene.replacements().stream()
                .flatMap(
                    table ->
                        table.news().stream()
                            .filter(column -> column.type().base().equals("json"))
                            .map(column -> table.table().name() + "." + column.name())),
            scene.actions(JSON).map(Action::columnObject))
        .distinct()
        .map(
            column ->
                DANGER.at(
                    Weight.UNKNOWN,
                    column,
                    "json has no equality: SELECT DISTINCT, UNION and GROUP BY over all columns of"
                        + " the table fail with 42883",
                    "Take jsonb."))
        .toList();
  }
}
