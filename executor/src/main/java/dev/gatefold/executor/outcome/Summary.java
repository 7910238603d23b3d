package dev.gatefold.executor.outcome;

import dev.gatefold.executor.gate.Evidence;
import dev.gatefold.executor.gate.Evidence.Finding;
import dev.gatefold.executor.gate.Evidence.Verdict;
import dev.gatefold.planner.plan.Refusal;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * An outcome in a few words, for whoever was not there.
 *
 * @param word a stable word
 * @param cure what to do next; empty where there is nothing
 * @param evidence the hash of what was seen at a gate that stayed closed
 */
public record Summary(String word, String message, String cure, Optional<String> evidence) {

  public static Summary of(Outcome outcome) {
    return outcome.match(new Words());
  }

  private static Summary of(String word, String message, String cure) {
    return new Summary(word, message, cure, Optional.empty());
  }

  /** The gate, its verdict, and every check that is not clear. */
  public static String closed(Evidence evidence) {
    return "the gate of %s of %s is %s: %s"
        .formatted(
            evidence.stage().word(),
            evidence.change(),
            evidence.verdict().word(),
            notClear(evidence, Summary::words, "; "));
  }

  private static String words(Finding finding) {
    return "%s (%s): %s".formatted(finding.check(), finding.verdict().word(), finding.detail());
  }

  private static String notClear(
      Evidence evidence, Function<Finding, String> words, String between) {
    return evidence.findings().stream()
        .filter(finding -> finding.verdict() != Verdict.CLEAR)
        .map(words)
        .filter(text -> !text.isBlank())
        .collect(Collectors.joining(between));
  }

  private static final class Words implements Outcome.Cases<Summary> {

    @Override
    public Summary done(Outcome.Done it) {
      return of("done", it.message(), it.next());
    }

    @Override
    public Summary outOfOrder(Outcome.OutOfOrder it) {
      return of("out_of_order", it.message(), it.cure());
    }

    @Override
    public Summary refused(Outcome.Refused it) {
      return of(
          "refused",
          "the planner refuses the change",
          it.refusal().reasons().stream()
              .map(Refusal.Reason::message)
              .collect(Collectors.joining("; ")));
    }

    @Override
    public Summary waits(Outcome.Waits it) {
      return of("waits", it.message(), it.cure());
    }

    @Override
    public Summary stopped(Outcome.Stopped it) {
      String where = it.step().isBlank() ? "" : it.step() + ": ";
      return of("stopped", where + it.message(), it.cure());
    }

    @Override
    public Summary differs(Outcome.Differs it) {
      return of("differs", it.message(), it.cure());
    }

    @Override
    public Summary denied(Outcome.Denied it) {
      return of("denied", it.message(), it.cure());
    }

    @Override
    public Summary measured(Outcome.Measured it) {
      return new Summary("measured", closed(it.evidence()), "", Optional.of(it.evidence().hash()));
    }

    @Override
    public Summary blocked(Outcome.Blocked it) {
      Evidence evidence = it.evidence();
      return new Summary(
          it.waits() ? "waits" : "blocked",
          closed(evidence),
          notClear(evidence, Finding::cure, " "),
          Optional.of(evidence.hash()));
    }
  }
}
