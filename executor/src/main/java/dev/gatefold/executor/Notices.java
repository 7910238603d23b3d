package dev.gatefold.executor;

import dev.gatefold.executor.gate.Evidence;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.outcome.Summary;
import dev.gatefold.executor.store.Notice;
import dev.gatefold.executor.store.Notice.Event;
import java.util.Optional;

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
        : closed(evidence, refusal instanceof Outcome.Blocked blocked && blocked.waits());
  }

  private static Notice closed(Evidence evidence, boolean waits) {
    return new Notice(
        waits ? Event.WAITING : Event.BLOCKED,
        Optional.of(evidence.stage()),
        Summary.closed(evidence),
        Optional.of(evidence.hash()));
  }
}
