package dev.gatefold.executor.cli.text;

import dev.gatefold.backfill.range.BadRow;
import dev.gatefold.executor.cli.text.OutcomeText.Lines;
import dev.gatefold.executor.gate.Difference;
import dev.gatefold.executor.gate.Evidence;
import dev.gatefold.executor.gate.Evidence.Finding;
import dev.gatefold.executor.gate.Evidence.Verdict;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.planner.plan.Refusal.Reason;
import java.util.ArrayList;
import java.util.List;

/** How a command ended, in words. */
public final class OutcomeText implements Outcome.Cases<Lines> {

  /** More keys than this nobody reads, and no more are named. */
  private static final int MOST_ROWS = 20;

  /** What goes to standard output, and what to standard error. */
  public record Lines(List<String> out, List<String> err) {
    public Lines {
      out = List.copyOf(out);
      err = List.copyOf(err);
    }
  }

  public static void print(Console console, Outcome outcome) {
    Lines lines = outcome.match(new OutcomeText());
    lines.out().forEach(console::line);
    lines.err().forEach(console::error);
  }

  @Override
  public Lines done(Outcome.Done it) {
    List<String> lines = new ArrayList<>(List.of(it.message()));
    if (!it.next().isBlank()) {
      lines.add(it.next());
    }
    return new Lines(lines, List.of());
  }

  @Override
  public Lines outOfOrder(Outcome.OutOfOrder it) {
    return error(List.of("gatefold: " + it.message()), it.cure());
  }

  @Override
  public Lines refused(Outcome.Refused it) {
    List<String> lines = new ArrayList<>();
    lines.add("gatefold: the planner refuses the change; nothing was changed");
    for (Reason reason : it.refusal().reasons()) {
      lines.add("  %s, %s: %s".formatted(reason.code(), reason.object(), reason.message()));
      cure(reason.cure(), lines);
    }
    return new Lines(List.of(), lines);
  }

  @Override
  public Lines waits(Outcome.Waits it) {
    return error(List.of("gatefold: not now: " + it.message()), it.cure());
  }

  @Override
  public Lines stopped(Outcome.Stopped it) {
    List<String> lines = new ArrayList<>();
    String where = it.step().isBlank() ? "" : " at " + it.step();
    lines.add("gatefold: stopped" + where + ": " + it.message());
    rows(it.rows(), it.rows().size(), lines);
    return error(lines, it.cure());
  }

  @Override
  public Lines differs(Outcome.Differs it) {
    List<String> rows = new ArrayList<>();
    rows(it.rows(), it.mismatches(), rows);
    List<String> lines = new ArrayList<>(List.of("gatefold: " + it.message()));
    cure(it.cure(), lines);
    return new Lines(rows, lines);
  }

  @Override
  public Lines blocked(Outcome.Blocked it) {
    Evidence evidence = it.evidence();
    List<String> lines = new ArrayList<>();
    lines.add(
        "gatefold: the gate of %s is %s; nothing was changed"
            .formatted(evidence.stage().word(), it.closedBy().word()));
    for (Finding finding : evidence.findings()) {
      if (finding.verdict() != Verdict.CLEAR) {
        lines.add(
            "  %s, %s: %s".formatted(finding.verdict().word(), finding.check(), finding.detail()));
        cure(finding.cure(), lines);
      }
    }
    return new Lines(List.of(), lines);
  }

  @Override
  public Lines denied(Outcome.Denied it) {
    List<String> lines = new ArrayList<>();
    lines.add("gatefold: %s; nothing was changed".formatted(it.message()));
    for (Difference difference : it.worse()) {
      Finding now = difference.now();
      lines.add(
          "  %s was %s, is %s: %s"
              .formatted(
                  now.check(),
                  difference.before().map(Verdict::word).orElse("not there"),
                  now.verdict().word(),
                  now.detail()));
      cure(now.cure(), lines);
    }
    return error(lines, it.cure());
  }

  @Override
  public Lines measured(Outcome.Measured it) {
    Evidence evidence = it.evidence();
    List<String> lines = new ArrayList<>();
    lines.add(
        "the gate of %s of %s is %s"
            .formatted(evidence.stage().word(), evidence.change(), evidence.verdict().word()));
    for (Finding finding : evidence.findings()) {
      lines.add(
          "  %-12s  %s: %s".formatted(finding.verdict().word(), finding.check(), finding.detail()));
      cure(finding.cure(), lines);
    }
    lines.add("evidence %s, until %s".formatted(evidence.hash(), Wording.time(it.expiresAt())));
    return new Lines(lines, List.of());
  }

  private static Lines error(List<String> lines, String cure) {
    List<String> all = new ArrayList<>(lines);
    if (!cure.isBlank()) {
      all.add("  " + cure);
    }
    return new Lines(List.of(), all);
  }

  private static void cure(String cure, List<String> lines) {
    if (!cure.isBlank()) {
      lines.add("    Cure: " + cure);
    }
  }

  private static void rows(List<BadRow> rows, long all, List<String> lines) {
    rows.stream()
        .limit(MOST_ROWS)
        .forEach(row -> lines.add("  " + row.key() + ": " + row.reason()));
    if (all > MOST_ROWS) {
      lines.add("  and " + Wording.count(all - Math.min(MOST_ROWS, rows.size())) + " more");
    }
  }
}
