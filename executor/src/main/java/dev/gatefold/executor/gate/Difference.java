package dev.gatefold.executor.gate;

import dev.gatefold.executor.gate.Evidence.Finding;
import dev.gatefold.executor.gate.Evidence.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A check that is worse than it was when somebody looked.
 *
 * @param before its verdict then; empty where there was no such check
 * @param now what it says now
 */
public record Difference(Optional<Verdict> before, Finding now) {

  /** Every check that is worse now, and every new one that is not clear. */
  public static List<Difference> between(List<Finding> before, List<Finding> now) {
    Map<String, Verdict> seen =
        before.stream()
            .collect(
                Collectors.toMap(
                    Finding::check,
                    Finding::verdict,
                    (one, other) -> one.compareTo(other) > 0 ? one : other));
    return now.stream()
        .filter(
            finding ->
                finding.verdict().compareTo(seen.getOrDefault(finding.check(), Verdict.CLEAR)) > 0)
        .map(finding -> new Difference(Optional.ofNullable(seen.get(finding.check())), finding))
        .toList();
  }
}
