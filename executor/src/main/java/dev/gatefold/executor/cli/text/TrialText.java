package dev.gatefold.executor.cli.text;

import dev.gatefold.executor.cli.text.Console.Style;
import dev.gatefold.executor.trial.Finding;
import dev.gatefold.executor.trial.Leg;
import dev.gatefold.executor.trial.Report;
import dev.gatefold.executor.trial.StepReport;
import dev.gatefold.executor.trial.witness.HeldMode;
import dev.gatefold.executor.trial.witness.Relation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What a trial showed, for people. */
public final class TrialText {

  private final Console console;

  private TrialText(Console console) {
    this.console = console;
  }

  /**
   * Prints a report.
   *
   * @param unseen what the trial could not see, in words
   */
  public static void print(Console console, Report report, List<String> unseen) {
    new TrialText(console).print(report, unseen);
  }

  private void print(Report report, List<String> unseen) {
    console.line(
        "Trial of %s: %s"
            .formatted(
                console.styled(Style.STRONG, report.change().value()),
                report.legs().stream().map(Leg::toString).collect(Collectors.joining(", "))));
    once(report).forEach(this::leg);
    console.line("");
    console.line(
        "%s written by an application of the old version meanwhile, %s by one of the new"
            .formatted(
                Wording.count(report.writes().byOld(), "row"),
                Wording.count(report.writes().byNew(), "row")));
    findings(report);
    if (!unseen.isEmpty()) {
      console.line("");
      console.line(console.styled(Style.STRONG, "What was not seen"));
      unseen.forEach(it -> console.line("  " + it));
    }
  }

  /** What ran several times is told as it was the last time, unless nobody sees it so. */
  private static Map<Leg, Map<String, StepReport>> once(Report report) {
    Map<Leg, Map<String, StepReport>> steps = new LinkedHashMap<>();
    report
        .steps()
        .forEach(
            step ->
                steps
                    .computeIfAbsent(step.leg(), leg -> new LinkedHashMap<>())
                    .put(step.step().id(), step));
    return steps;
  }

  private void leg(Leg leg, Map<String, StepReport> steps) {
    console.line("");
    console.line("Locks seen in " + console.styled(Style.STRONG, leg.toString()));
    steps.values().forEach(this::step);
  }

  private void step(StepReport report) {
    String locks =
        report.strongLocks().stream()
            .filter(lock -> !lock.getKey().isIndex())
            .map(TrialText::words)
            .collect(Collectors.joining(", "));
    console.line(
        "  %s: %s%s%s"
            .formatted(
                report.step().id(),
                locks.isEmpty() ? "none that others feel" : locks,
                relations("; rewrites ", report.sight().rewritten()),
                relations("; scans ", report.sight().scanned())));
  }

  private static String words(Map.Entry<Relation, HeldMode> lock) {
    return lock.getValue() + " on " + lock.getKey();
  }

  private static String relations(String word, List<Relation> relations) {
    return relations.isEmpty()
        ? ""
        : word + relations.stream().map(Relation::toString).collect(Collectors.joining(", "));
  }

  private void findings(Report report) {
    console.line("");
    if (report.findings().isEmpty()) {
      console.line(
          console.styled(
              Style.GOOD,
              "All is well: every lock is declared, each undo led back to the same catalog and"
                  + " rows, nothing is left behind."));
      return;
    }
    console.line(console.styled(Style.BAD, "What is not as it should be"));
    for (Finding finding : report.findings()) {
      console.line(
          "  %s, %s: %s"
              .formatted(
                  finding.kind().name().toLowerCase(Locale.ROOT),
                  finding.where(),
                  finding.message()));
    }
  }
}
