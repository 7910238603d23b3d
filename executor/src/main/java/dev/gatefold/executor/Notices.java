package dev.gatefold.executor;

import dev.gatefold.executor.gate.Evidence;
import dev.gatefold.executor.gate.Evidence.Finding;
import dev.gatefold.executor.gate.Evidence.Verdict;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.store.Notice;
import dev.gatefold.executor.store.Notice.Event;
import java.util.Optional;
import java.util.stream.Collectors;

/** What others are told of a gate that stayed closed, or of evidence that was refused. */
final class Notices {

  private Notices() {}

  static Notice refused(Evidence evidence, Outcome refusal) {
    return refusal instanceof Outcome.Denied denied
        ? new Notice(
            Event.BLOCKED,
            Optional.of(evidence.stage()),
            "the promotion of %s of %s was refused: %s"
                .formatted(evidence.stage().word(), evidence.change(), denied.message()),
            Optional.of(evidence.hash()))
        : closed(evidence);
  }

  private static Notice closed(Evidence evidence) {
    Verdict verdict = evidence.verdict();
    return new Notice(
        verdict == Verdict.WAITING ? Event.WAITING : Event.BLOCKED,
        Optional.of(evidence.stage()),
        "the gate of %s of %s is %s: %s"
            .formatted(
                evidence.stage().word(),
                evidence.change(),
                verdict.word(),
                evidence.findings().stream()
                    .filter(finding -> finding.verdict() != Verdict.CLEAR)
                    .map(Notices::words)
                    .collect(Collectors.joining("; "))),
        Optional.of(evidence.hash()));
  }

  private static String words(Finding finding) {
    return "%s (%s): %s".formatted(finding.check(), finding.verdict().word(), finding.detail());
  }
}
