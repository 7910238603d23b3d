package dev.gatefold.executor;

import dev.gatefold.executor.gate.Approval;
import dev.gatefold.executor.gate.ApprovalStore;
import dev.gatefold.executor.gate.Evidence;
import dev.gatefold.executor.gate.Evidence.Finding;
import dev.gatefold.executor.gate.Evidence.Verdict;
import dev.gatefold.executor.gate.Policy;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.rollout.Rollout;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Whether a stage may run on what was seen at its gate just now.
 *
 * @param refusal why it may not
 * @param override the approval that lets it run although the gate is closed
 */
record GateDecision(Optional<Outcome> refusal, Optional<Approval> override) {

  private static final GateDecision OPEN = new GateDecision(Optional.empty(), Optional.empty());

  /** For a stage that was promoted before and goes on: only what guards data counts. */
  static GateDecision again(PromotionOrder order, Evidence now) {
    List<Finding> closed = closed(order, now);
    return closed.isEmpty() ? OPEN : refused(blocked(now, closed));
  }

  static GateDecision of(
      Site site, Connection connection, Rollout rollout, PromotionOrder order, Evidence now)
      throws SQLException {
    if (order.evidence().isPresent()) {
      Optional<Outcome.Denied> denied =
          EvidenceClaim.of(connection, order.evidence().get(), rollout, order.stage())
              .objection(now.findings());
      if (denied.isPresent()) {
        return refused(denied.get());
      }
    }
    List<Finding> closed = closed(order, now);
    if (closed.isEmpty()) {
      return OPEN;
    }
    Optional<Approval> override =
        closed.stream().allMatch(GateDecision::mayBeOverridden)
                && order.evidence().isPresent()
                && order.reason().isPresent()
            ? site.gate().override(connection, rollout, now, promoter(site, connection))
            : Optional.empty();
    return override.isPresent()
        ? new GateDecision(Optional.empty(), override)
        : refused(blocked(now, closed));
  }

  private static Outcome blocked(Evidence now, List<Finding> closed) {
    return new Outcome.Blocked(
        now, closed.stream().map(Finding::verdict).max(Verdict::compareTo).orElseThrow());
  }

  /** Who decides is who asked: a worker is no second person. */
  private static String promoter(Site site, Connection connection) throws SQLException {
    return site.actor().isPresent() ? site.actor().get() : new ApprovalStore().self(connection);
  }

  /** What could not be seen may be answered for with a reason; what is in the way may not. */
  private static List<Finding> closed(PromotionOrder order, Evidence now) {
    return now.findings().stream()
        .filter(finding -> finding.verdict() != Verdict.CLEAR)
        .filter(finding -> finding.verdict() != Verdict.INCONCLUSIVE || order.reason().isEmpty())
        .toList();
  }

  /** What could not be seen is no matter of overriding: it wants a reason, no more and no less. */
  private static boolean mayBeOverridden(Finding finding) {
    return finding.verdict() != Verdict.INCONCLUSIVE && Policy.covers(finding);
  }

  private static GateDecision refused(Outcome outcome) {
    return new GateDecision(Optional.of(outcome), Optional.empty());
  }
}
