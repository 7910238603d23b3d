package dev.gatefold.planner.hazard;

import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.plan.Hazard;
import dev.gatefold.planner.plan.Hazard.Severity;
import java.util.List;
import java.util.regex.Pattern;

/** Programs know constraints by their names: in ON CONFLICT, and in the errors they read. */
final class ConstraintRenamed implements HazardCheck {

  private static final Danger DANGER = Danger.of("constraint-renamed", Severity.WARNING);

  private static final Pattern RENAME =
      Pattern.compile(
          "^(?:ALTER TABLE RENAME CONSTRAINT|ALTER INDEX(?: "
              + Action.NAME
              + " \\.)?) ("
              + Action.NAME
              + ")(?: RENAME)? TO ");

  @Override
  public Danger danger() {
    return DANGER;
  }

  @Override
  public List<Hazard> in(Scene scene) {
    return scene
        .actions(RENAME)
        .flatMap(
            action ->
                action
                    .group(RENAME)
                    .flatMap(Statements::identifier)
                    .filter(name -> isTheirs(scene, name) && !comesAgain(scene, name))
                    .map(name -> hazard(action, name))
                    .stream())
        .distinct()
        .toList();
  }

  /** A name of ours is given up on the way. */
  private static boolean isTheirs(Scene scene, Identifier name) {
    return scene.schema().tables().stream()
        .anyMatch(
            table ->
                table.constraints().stream().anyMatch(it -> it.name().equals(name))
                    || table.indexes().stream().anyMatch(it -> it.name().equals(name)));
  }

  /** The table that takes the place of another one has it. */
  private static boolean comesAgain(Scene scene, Identifier name) {
    return scene
        .copied()
        .flatMap(rows -> scene.table(rows.table()).stream())
        .anyMatch(table -> table.index(name).isPresent());
  }

  private static Hazard hazard(Action action, Identifier name) {
    return DANGER.at(
        Weight.UNKNOWN,
        action.table().map(table -> table + ".").orElse("") + name,
        "from %s on errors name it differently, and ON CONFLICT ON CONSTRAINT fails under the old"
                .formatted(action.stage().word())
            + " name (42704)",
        "Deploy versions that know both names, and ON CONFLICT by columns, first.");
  }
}
