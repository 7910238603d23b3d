package dev.gatefold.executor.trial.junit;

import dev.gatefold.executor.trial.Finding;
import dev.gatefold.executor.trial.Finding.Kind;
import dev.gatefold.executor.trial.Report;
import dev.gatefold.planner.plan.Refusal.Reason;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What came of a trial. Its assertions throw {@link AssertionError} and say what was found. */
public record TrialResult(Report report) {

  /** The planner accepted the change, and nothing was found that is not as it should be. */
  public TrialResult assertClean() {
    return assertPlanned().assertNone(Kind.values());
  }

  /** The planner accepted the change. */
  public TrialResult assertPlanned() {
    report
        .refusal()
        .ifPresent(
            refusal -> {
              throw new AssertionError(
                  "the planner refuses %s: %s"
                      .formatted(
                          report.change(),
                          refusal.reasons().stream()
                              .map(TrialResult::words)
                              .collect(Collectors.joining("; "))));
            });
    return this;
  }

  /** The planner refused the change, for this reason among others. */
  public TrialResult assertRefused(String code) {
    List<Reason> reasons = report.refusal().map(refusal -> refusal.reasons()).orElse(List.of());
    if (reasons.stream().noneMatch(reason -> reason.code().equals(code))) {
      throw new AssertionError(
          "%s was not refused for %s, but %s"
              .formatted(
                  report.change(),
                  code,
                  reasons.isEmpty()
                      ? "planned"
                      : "for " + reasons.stream().map(Reason::code).toList()));
    }
    return this;
  }

  /** Nothing of these kinds was found. */
  public TrialResult assertNone(Kind... kinds) {
    List<Finding> found =
        report.findings().stream()
            .filter(finding -> Arrays.asList(kinds).contains(finding.kind()))
            .toList();
    if (!found.isEmpty()) {
      throw new AssertionError(
          found.stream()
              .map(TrialResult::words)
              .collect(
                  Collectors.joining(
                      "\n  ", "the trial of %s found\n  ".formatted(report.change()), "")));
    }
    return this;
  }

  private static String words(Reason reason) {
    return reason.code() + ", " + reason.object() + ": " + reason.message();
  }

  private static String words(Finding finding) {
    return "%s, %s: %s"
        .formatted(
            finding.kind().name().toLowerCase(Locale.ROOT), finding.where(), finding.message());
  }
}
