package dev.gatefold.executor.gate;

import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.plan.StageName;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** What was seen at a gate: every check with its verdict. It never says "safe". */
public record Evidence(ChangeName change, StageName stage, String hash, List<Finding> findings) {

  public Evidence {
    findings = List.copyOf(findings);
  }

  /** The worst verdict of all checks. */
  public Verdict verdict() {
    return findings.stream().map(Finding::verdict).max(Verdict::compareTo).orElse(Verdict.CLEAR);
  }

  /** Whether queries on standbys are all that keeps it from being clear. */
  public boolean waitsForStandbys() {
    return verdict() == Verdict.WAITING
        && findings.stream()
            .filter(finding -> finding.verdict() == Verdict.WAITING)
            .allMatch(finding -> finding.check().startsWith(StandbyCheck.CHECK));
  }

  /**
   * One check's result.
   *
   * @param detail what was seen, in words
   * @param cure what to do about it; empty where it is clear
   */
  public record Finding(
      String check, Verdict verdict, String detail, String cure, Instant measuredAt) {}

  /** Mildest first. */
  public enum Verdict {
    CLEAR,
    WAITING,
    INCONCLUSIVE,
    BLOCKED;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
