package dev.gatefold.executor;

import dev.gatefold.executor.gate.Approval;
import dev.gatefold.executor.gate.Difference;
import dev.gatefold.executor.gate.Evidence;
import dev.gatefold.executor.gate.Evidence.Finding;
import dev.gatefold.executor.gate.Evidence.Verdict;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.store.Deed;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the record says about a promotion, or about one that the gate did not let happen. */
record PromotionRecord(PromotionOrder order, Evidence evidence) {

  Deed promoted(Optional<Approval> override) {
    String text =
        order.stage().word()
            + order.reason().map(why -> ": " + why).orElse("")
            + override.map(this::overriding).orElse("");
    return deed("promoted", text, "begun");
  }

  private String overriding(Approval override) {
    return "; overrides %s together with %s%s"
        .formatted(
            evidence.findings().stream()
                .filter(it -> it.verdict() == Verdict.BLOCKED || it.verdict() == Verdict.WAITING)
                .map(Finding::check)
                .collect(Collectors.joining(", ")),
            override.actor(),
            override.reason().map(why -> ": " + why).orElse(""));
  }

  Deed refused(Outcome outcome) {
    return outcome instanceof Outcome.Denied denied
        ? deed("promotion-refused", denied.message() + worse(denied.worse()), "refused")
        : deed("promotion-refused", closed(), evidence.verdict().word());
  }

  private static String worse(List<Difference> worse) {
    return worse.stream()
        .map(
            it ->
                "; %s was %s, is %s"
                    .formatted(
                        it.now().check(),
                        it.before().map(Verdict::word).orElse("not there"),
                        it.now().verdict().word()))
        .collect(Collectors.joining());
  }

  private String closed() {
    return evidence.findings().stream()
        .filter(finding -> finding.verdict() != Verdict.CLEAR)
        .map(finding -> finding.verdict().word() + ": " + finding.check())
        .collect(Collectors.joining(", ", order.stage().word() + ": ", ""));
  }

  /** The evidence that somebody named and that was refused; else what was decided on. */
  private Deed deed(String kind, String text, String result) {
    String hash =
        result.equals("refused") ? order.evidence().orElse(evidence.hash()) : evidence.hash();
    return new Deed(
        kind,
        order.stage(),
        text,
        Optional.of(hash),
        Optional.of(evidence.verdict().word()),
        order.reason(),
        result);
  }
}
