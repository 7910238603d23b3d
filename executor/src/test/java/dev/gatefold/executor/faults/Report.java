package dev.gatefold.executor.faults;

import dev.gatefold.executor.faults.history.Violation;
import java.util.List;

/**
 * What one run came to.
 *
 * @param log what the operator did and what came of it, in order
 * @param struck the faults that happened
 * @param problems whatever must not be, beside violations: errors that no fault explains, a catalog
 *     that is not as planned, something of Gatefold's left behind
 */
record Report(
    long seed,
    String scenario,
    int transactions,
    List<String> log,
    List<String> struck,
    List<Violation> violations,
    List<String> problems) {

  Report {
    log = List.copyOf(log);
    struck = List.copyOf(struck);
    violations = List.copyOf(violations);
    problems = List.copyOf(problems);
  }

  boolean clean() {
    return violations.isEmpty() && problems.isEmpty();
  }

  /** Everything needed to see what happened, and to let it happen again. */
  String text() {
    StringBuilder text = new StringBuilder();
    text.append("seed ").append(seed).append(", ").append(scenario).append('\n');
    log.forEach(line -> text.append("  ").append(line).append('\n'));
    violations.stream().limit(10).forEach(it -> text.append("  ").append(it).append('\n'));
    if (violations.size() > 10) {
      text.append("  and ").append(violations.size() - 10).append(" more\n");
    }
    problems.stream().limit(10).forEach(it -> text.append("  ").append(it).append('\n'));
    return text.append("again: ").append(again()).toString();
  }

  private String again() {
    return "mvn -pl executor -am test -Dtest=LongFaultsTest -DexcludedGroups="
        + " -Dsurefire.failIfNoSpecifiedTests=false -Dgatefold.faults.runs=1"
        + " -Dgatefold.faults.seed="
        + seed;
  }
}
