package dev.gatefold.planner.hazard;

import dev.gatefold.planner.plan.Hazard;
import dev.gatefold.planner.plan.Hazard.Severity;
import dev.gatefold.planner.plan.Step;
import java.util.List;
import java.util.regex.Pattern;

/** CONCURRENTLY waits for every transaction that was open before it. */
final class WaitsForTransactions implements HazardCheck {

  private static final Danger DANGER = Danger.bySize("waits-for-transactions", Severity.NOTE);

  private static final Pattern CONCURRENTLY =
      Pattern.compile(
          "^(?:CREATE|DROP|REINDEX)\\b.*? CONCURRENTLY\\b|^ALTER TABLE .* DETACH .* CONCURRENTLY");

  @Override
  public Danger danger() {
    return DANGER;
  }

  @Override
  public List<Hazard> in(Scene scene) {
    return scene.stages().stream()
        .flatMap(stage -> stage.steps().stream())
        .filter(WaitsForTransactions::waits)
        .flatMap(step -> step.tables().stream().limit(1))
        .distinct()
        .map(
            table ->
                DANGER.at(
                    scene.weight(table),
                    table,
                    "CONCURRENTLY waits for each transaction that was open when it began, anywhere"
                        + " in the database: one that is forgotten, or a dump, keeps it waiting for"
                        + " as long; nobody waits for it",
                    "Set idle_in_transaction_session_timeout; while it waits, promote names whom"
                        + " it waits for."))
        .toList();
  }

  private static boolean waits(Step step) {
    return step.sql().stream()
        .flatMap(sql -> Statements.statements(sql).stream())
        .anyMatch(statement -> CONCURRENTLY.matcher(statement).find());
  }
}
