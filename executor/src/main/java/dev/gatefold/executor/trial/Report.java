package dev.gatefold.executor.trial;

import dev.gatefold.executor.trial.Finding.Kind;
import dev.gatefold.executor.trial.picture.DatabasePicture;
import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.plan.Refusal;
import java.util.List;
import java.util.Optional;

/**
 * What a trial showed.
 *
 * @param refusal why the planner refuses the change; then nothing else happened
 * @param legs the stages, there and back, in the order in which they were gone
 * @param steps all that ran, in order, each as often as it ran
 * @param writes rows that applications wrote meanwhile
 * @param end what the catalog says at the end
 */
public record Report(
    ChangeName change,
    Optional<Refusal> refusal,
    List<Leg> legs,
    List<StepReport> steps,
    List<Finding> findings,
    Written writes,
    DatabasePicture end) {

  public Report {
    legs = List.copyOf(legs);
    steps = List.copyOf(steps);
    findings = List.copyOf(findings);
  }

  public boolean isClean() {
    return refusal.isEmpty() && findings.isEmpty();
  }

  /** The findings of one kind. */
  public List<Finding> findings(Kind kind) {
    return findings.stream().filter(finding -> finding.kind() == kind).toList();
  }

  /** What the worst of the findings is about; empty where there are none. */
  public Optional<Kind> worst() {
    return findings.stream().map(Finding::kind).max(Kind::compareTo);
  }
}
