package dev.gatefold.executor.gate;

import dev.gatefold.executor.database.Query;
import dev.gatefold.executor.gate.Evidence.Finding;
import dev.gatefold.executor.gate.Evidence.Verdict;
import dev.gatefold.executor.rollout.Rollout;
import dev.gatefold.executor.usage.Dependents;
import dev.gatefold.executor.usage.OldColumn;
import dev.gatefold.executor.usage.Texts;
import dev.gatefold.executor.usage.Texts.Found;
import dev.gatefold.planner.plan.Check;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.planner.plan.Step.BriefDdl;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What hangs on the old column in the database itself, as objects or as text. */
final class UseDependentsCheck implements GateCheck {

  private final InstantSource clock;

  UseDependentsCheck(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public List<Finding> look(Connection connection, Rollout rollout, StageName stage)
      throws SQLException {
    if (!UseWindow.isAsked(rollout, stage)) {
      return List.of();
    }
    List<Finding> findings = new ArrayList<>();
    for (OldColumn column : OldColumn.of(rollout)) {
      List<String> dependents = Dependents.of(connection, column, stage);
      Optional<String> uncarried =
          stage == StageName.RETIRE
              ? notAsPlanned(connection, rollout, column)
              : Optional.of("it is read again since it was hidden")
                  .filter(it -> !dependents.isEmpty());
      findings.add(
          uncarried.isPresent()
              ? finding(
                  column,
                  Verdict.BLOCKED,
                  "%s; on it hang: %s"
                      .formatted(uncarried.get(), list(all(connection, column, stage, dependents))),
                  "Put it as it was, or roll back and submit the change again.")
              : finding(column, dependents, Texts.look(connection, column, stage)));
    }
    return findings;
  }

  private static List<String> all(
      Connection connection, OldColumn column, StageName stage, List<String> dependents)
      throws SQLException {
    return Stream.concat(Dependents.own(connection, column, stage).stream(), dependents.stream())
        .distinct()
        .toList();
  }

  /** What the swap asks under its lock, asked before anything is begun. */
  private static Optional<String> notAsPlanned(
      Connection connection, Rollout rollout, OldColumn column) throws SQLException {
    List<Check> checks =
        rollout.plan().stage(StageName.RETIRE).stream()
            .flatMap(stage -> stage.steps().stream())
            .flatMap(step -> step instanceof BriefDdl ddl ? Stream.of(ddl) : Stream.empty())
            .filter(step -> isAbout(step, column))
            .flatMap(step -> step.preconditions().stream())
            .toList();
    for (Check check : checks) {
      if (!Query.of(check.sql()).isTrue(connection)) {
        return Optional.of(check.failure());
      }
    }
    return Optional.empty();
  }

  /** The swap, or the step that puts a column with nothing in its place out of reach. */
  private static boolean isAbout(BriefDdl step, OldColumn column) {
    return column.leaves()
        ? step.tables().contains(column.table())
        : step.syncs().stream().anyMatch(sync -> sync.oid() == column.oid());
  }

  private Finding finding(OldColumn column, List<String> dependents, Found texts) {
    String carried =
        dependents.isEmpty() ? "nothing hangs on it" : "comes along: " + list(dependents);
    if (column.keepsName()) {
      return finding(
          column,
          Verdict.CLEAR,
          texts.uses().isEmpty()
              ? carried
              : "%s; the name stays, so these meet the new type: %s"
                  .formatted(carried, list(texts.uses())),
          "");
    }
    if (!texts.uses().isEmpty()) {
      return finding(
          column,
          Verdict.INCONCLUSIVE,
          "by their text these use it: %s; %s".formatted(list(texts.uses()), carried),
          "Let them %s, or say why they do not matter: promote with --reason."
              .formatted(column.leaves() ? "do without it" : "use " + column.successor()));
    }
    return texts.unseen().isEmpty()
        ? finding(column, Verdict.CLEAR, carried + ", and no function's text uses it", "")
        : finding(
            column,
            Verdict.INCONCLUSIVE,
            "%s, but these could not be looked through: %s"
                .formatted(carried, list(texts.unseen())),
            "Grant the right to read them, or say why they do not matter: promote with --reason.");
  }

  private static String list(List<String> names) {
    return String.join(", ", names);
  }

  private Finding finding(OldColumn column, Verdict verdict, String detail, String cure) {
    return new Finding("use dependents " + column.label(), verdict, detail, cure, clock.instant());
  }
}
