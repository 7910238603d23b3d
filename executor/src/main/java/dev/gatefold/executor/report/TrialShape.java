package dev.gatefold.executor.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gatefold.executor.trial.Report;
import dev.gatefold.executor.trial.StepReport;
import dev.gatefold.planner.name.TableName;
import java.util.List;
import java.util.Locale;

/** {@code test -o json}. */
public record TrialShape(
    String change,
    boolean clean,
    Writes writes,
    List<Step> steps,
    List<Finding> findings,
    List<String> unseen) {

  public TrialShape {
    steps = List.copyOf(steps);
    findings = List.copyOf(findings);
    unseen = List.copyOf(unseen);
  }

  /**
   * Describes a report.
   *
   * @param unseen what the trial could not see, in words
   */
  public static TrialShape of(Report report, List<String> unseen) {
    return new TrialShape(
        report.change().value(),
        report.isClean(),
        new Writes(report.writes().byOld(), report.writes().byNew()),
        report.steps().stream().map(Step::of).toList(),
        report.findings().stream()
            .map(
                it ->
                    new Finding(
                        it.kind().name().toLowerCase(Locale.ROOT), it.where(), it.message()))
            .toList(),
        unseen);
  }

  /** Rows that applications of each version wrote. */
  public record Writes(@JsonProperty("old") long byOld, @JsonProperty("new") long byNew) {}

  /**
   * A step, each time that it ran.
   *
   * @param lock what the plan declares, as are the tables
   */
  public record Step(
      String stage,
      boolean undo,
      String step,
      String lock,
      List<String> tables,
      @JsonProperty("locks_seen") List<Lock> locksSeen,
      List<String> rewritten,
      List<String> scanned) {

    public Step {
      tables = List.copyOf(tables);
      locksSeen = List.copyOf(locksSeen);
      rewritten = List.copyOf(rewritten);
      scanned = List.copyOf(scanned);
    }

    static Step of(StepReport report) {
      return new Step(
          report.leg().stage().word(),
          report.leg().back(),
          report.step().id(),
          report.step().lock().sql(),
          report.step().tables().stream().map(TableName::toString).toList(),
          report.strongLocks().stream()
              .map(lock -> new Lock(lock.getKey().toString(), lock.getValue().toString()))
              .toList(),
          report.sight().rewritten().stream().map(Object::toString).toList(),
          report.sight().scanned().stream().map(Object::toString).toList());
    }
  }

  /** A lock that others may feel. */
  public record Lock(String relation, String lock) {}

  /** Something that is not as it should be. */
  public record Finding(String kind, String where, String message) {}
}
