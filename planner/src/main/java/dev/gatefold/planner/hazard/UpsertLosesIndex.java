package dev.gatefold.planner.hazard;

import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.plan.Hazard;
import dev.gatefold.planner.plan.Hazard.Severity;
import dev.gatefold.planner.schema.Table;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** ON CONFLICT finds its unique index by columns or name; without it the statement fails. */
final class UpsertLosesIndex implements HazardCheck {

  private static final Danger DANGER = Danger.of("upsert-loses-index", Severity.DANGER);

  private static final Pattern DROP =
      Pattern.compile(
          "^(?:ALTER TABLE DROP CONSTRAINT|DROP INDEX(?: CONCURRENTLY)?) (?:"
              + Action.NAME
              + " \\. )?("
              + Action.NAME
              + ")");

  @Override
  public Danger danger() {
    return DANGER;
  }

  @Override
  public List<Hazard> in(Scene scene) {
    return scene
        .actions(DROP)
        .flatMap(
            action ->
                name(action)
                    .flatMap(
                        name ->
                            scene.schema().tables().stream()
                                .filter(table -> isUnique(table, name))
                                .findFirst()
                                .map(table -> hazard(table, name, action)))
                    .stream())
        .distinct()
        .toList();
  }

  private static Optional<Identifier> name(Action action) {
    return action.group(DROP).flatMap(Statements::identifier);
  }

  private static boolean isUnique(Table table, Identifier name) {
    return table.indexes().stream().anyMatch(index -> index.unique() && index.name().equals(name));
  }

  private static Hazard hazard(Table table, Identifier name, Action action) {
    return DANGER.at(
        Weight.of(table),
        table.name() + "." + name,
        "an INSERT ... ON CONFLICT that names its columns or its constraint fails with 42P10 from"
            + " %s on, and two sessions can insert the same".formatted(action.stage().word()),
        "Deploy versions without that ON CONFLICT first.");
  }
}
