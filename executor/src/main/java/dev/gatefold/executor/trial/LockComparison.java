package dev.gatefold.executor.trial;

import dev.gatefold.executor.trial.Finding.Kind;
import dev.gatefold.executor.trial.witness.HeldMode;
import dev.gatefold.executor.trial.witness.Relation;
import dev.gatefold.planner.name.TableName;
import dev.gatefold.planner.plan.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Compares what a step did with what the plan declares of it. */
final class LockComparison {

  private final StepReport report;
  private final List<Finding> findings = new ArrayList<>();

  private LockComparison(StepReport report) {
    this.report = report;
  }

  static List<Finding> of(StepReport report) {
    LockComparison comparison = new LockComparison(report);
    report.strongLocks().forEach(lock -> comparison.isDeclared(lock.getKey(), lock.getValue()));
    if (!comparison.foundNothingToDo()) {
      comparison.step().tables().forEach(comparison::isSeen);
    }
    comparison.doesNotKeepWritersOut();
    return comparison.findings;
  }

  private Step step() {
    return report.step();
  }

  private void isDeclared(Relation relation, HeldMode held) {
    // The last moment of DROP INDEX CONCURRENTLY, when nobody can use the index any more; who drops
    // one otherwise locks its table too.
    boolean unusable = relation.isIndex() && report.sight().gone().contains(relation);
    boolean covered = step().tables().stream().anyMatch(relation::isCoveredBy);
    if (!covered && !unusable) {
      add("it takes %s on %s, which its plan does not name".formatted(held, relation));
    } else if (!unusable && held.compareTo(declared()) > 0) {
      add("it takes %s on %s, but declares %s".formatted(held, relation, declared()));
    }
  }

  /** As where the index that it would drop went with its constraint. */
  private boolean foundNothingToDo() {
    return step() instanceof Step.OnlineDdl && report.strongLocks().isEmpty();
  }

  /**
   * A table that did not exist before the step was nobody's to lock. One of which each partition is
   * locked is locked as a whole.
   */
  private void isSeen(TableName table) {
    if (!declared().isStrong()
        || report.sight().locks().keySet().stream().noneMatch(it -> it.name().equals(table))) {
      return;
    }
    HeldMode held =
        report.sight().locks().entrySet().stream()
            .filter(lock -> !lock.getKey().isIndex() && lock.getKey().isCoveredBy(table))
            .map(Map.Entry::getValue)
            .max(HeldMode::compareTo)
            .orElse(HeldMode.NONE);
    if (held.compareTo(declared()) < 0) {
      add("it declares %s on %s, but takes %s".formatted(declared(), table, held));
    }
  }

  /** Reading or writing a table from end to end takes as long as the table is large. */
  private void doesNotKeepWritersOut() {
    boolean blocks =
        declared().blocksWrites()
            || report.sight().locks().values().stream().anyMatch(HeldMode::blocksWrites);
    // Of small tables, and asked for.
    if (blocks && !step().kind().startsWith(Step.STRAIGHT)) {
      report
          .sight()
          .scanned()
          .forEach(it -> add("it reads all of %s while writers wait".formatted(it)));
      report.sight().rewritten().stream()
          .filter(it -> !it.isSequence())
          .forEach(it -> add("it writes all of %s anew while writers wait".formatted(it)));
    }
  }

  private HeldMode declared() {
    return HeldMode.of(step().lock());
  }

  private void add(String message) {
    findings.add(
        new Finding(Kind.LOCKS, "%s, step %s".formatted(report.leg(), step().id()), message));
  }
}
