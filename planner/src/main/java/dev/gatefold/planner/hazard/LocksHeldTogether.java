package dev.gatefold.planner.hazard;

import dev.gatefold.planner.plan.Hazard;
import dev.gatefold.planner.plan.Hazard.Severity;
import dev.gatefold.planner.plan.Step;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** In one transaction the lock of the first statement is held until the last is done. */
final class LocksHeldTogether implements HazardCheck {

  private static final Danger DANGER = Danger.byTraffic("locks-held-together", Severity.WARNING);

  private static final Pattern LOCKS =
      Pattern.compile(
          "^(?:ALTER|DROP|TRUNCATE|LOCK|CREATE (?:UNIQUE )?INDEX|CREATE (?:CONSTRAINT )?TRIGGER|CREATE (?:POLICY|RULE))\\b");

  @Override
  public Danger danger() {
    return DANGER;
  }

  @Override
  public List<Hazard> in(Scene scene) {
    return scene.works().stream()
        .filter(Scene.Work::unproven)
        .flatMap(
            work ->
                work.steps().stream()
                    .filter(Step::transactional)
                    .flatMap(step -> of(scene, work, step)))
        .distinct()
        .toList();
  }

  private static Stream<Hazard> of(Scene scene, Scene.Work work, Step step) {
    List<Action> actions =
        step.sql().stream()
            .flatMap(sql -> Statements.actions(work.stage(), true, sql).stream())
            .toList();
    long statements = step.sql().stream().mapToLong(sql -> Statements.statements(sql).size()).sum();
    return statements < 2 || actions.isEmpty()
        ? Stream.empty()
        : actions.subList(0, actions.size() - 1).stream()
            .filter(action -> action.is(LOCKS))
            .map(
                action ->
                    DANGER.at(
                        scene.weight(action),
                        action.object(),
                        "its lock is held until the last statement of the same transaction is done",
                        "Put each statement into an operation of its own."));
  }
}
