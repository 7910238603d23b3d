package dev.gatefold.executor;

import dev.gatefold.executor.database.Transaction;
import dev.gatefold.executor.gate.Approval;
import dev.gatefold.executor.gate.ApprovalStore;
import dev.gatefold.executor.gate.Evidence.Finding;
import dev.gatefold.executor.gate.Evidence.Verdict;
import dev.gatefold.executor.gate.Policy;
import dev.gatefold.executor.gate.SeenEvidence;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.outcome.Outcome.Denied;
import dev.gatefold.executor.rollout.Rollout;
import dev.gatefold.executor.store.Deed;
import dev.gatefold.planner.plan.StageName;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** One person's approval of the stage that comes next. Nobody names himself: the session does. */
final class StageApproval {

  private final Site site;
  private final Connection connection;
  private final ApprovalOrder order;
  private final ApprovalStore approvals = new ApprovalStore();

  StageApproval(Site site, Connection connection, ApprovalOrder order) {
    this.site = site;
    this.connection = connection;
    this.order = order;
  }

  Outcome give(Rollout rollout) throws SQLException {
    StageName stage = order.stage();
    if (rollout.state().underWay() || !rollout.next().equals(Optional.of(stage))) {
      return new Outcome.OutOfOrder(
          "%s is %s: stage %s is not the next one"
              .formatted(rollout.change(), rollout.state().word(), stage.word()),
          Answers.next(rollout));
    }
    if (order.override() && order.reason().filter(why -> !why.isBlank()).isEmpty()) {
      return new Outcome.OutOfOrder("an override needs a reason", "Add --reason TEXT.");
    }
    EvidenceClaim claim = EvidenceClaim.of(connection, order.evidence(), rollout, stage);
    String self = approvals.self(connection);
    Optional<Denied> denied = claim.objection();
    if (denied.isEmpty()) {
      denied = person(rollout, self);
    }
    if (denied.isEmpty() && order.override()) {
      denied = overridable(claim.seen());
    }
    return denied.isPresent()
        ? refuse(rollout, denied.get())
        : approve(rollout, self, claim.seen());
  }

  /** Nobody approves the own change, and the target may say who approves. */
  private Optional<Denied> person(Rollout rollout, String self) throws SQLException {
    if (approvals.submitter(connection, rollout.id()).equals(self)) {
      return denied(
          "%s submitted %s; nobody approves the own change".formatted(self, rollout.change()),
          "Ask somebody else, who connects with a role of the own.");
    }
    Optional<List<String>> outside =
        approvals.outside(
            connection,
            self,
            site.gate().rules().of(connection, rollout, order.stage()).approvers());
    return outside.isEmpty()
        ? Optional.empty()
        : denied(
            "%s is in no role that may approve this: %s"
                .formatted(self, String.join(", ", outside.get())),
            "Ask a member of one of them.");
  }

  private static Optional<Denied> overridable(SeenEvidence seen) {
    List<Finding> closed =
        seen.evidence().findings().stream()
            .filter(it -> it.verdict() == Verdict.BLOCKED || it.verdict() == Verdict.WAITING)
            .toList();
    if (closed.isEmpty()) {
      return denied("nothing keeps this gate closed", "Approve it without --override.");
    }
    String guards =
        closed.stream()
            .filter(finding -> !Policy.covers(finding))
            .map(Finding::check)
            .collect(Collectors.joining(", "));
    return guards.isEmpty()
        ? Optional.empty()
        : denied(
            "what guards data cannot be overridden: " + guards,
            "Do what gatefold evidence says there.");
  }

  private static Optional<Denied> denied(String message, String cure) {
    return Optional.of(new Denied(message, List.of(), cure));
  }

  private Outcome refuse(Rollout rollout, Denied denied) throws SQLException {
    site.stores()
        .history()
        .add(
            connection,
            rollout.id(),
            deed("approval-refused", denied.message(), Optional.empty(), "refused"));
    return denied;
  }

  private Outcome approve(Rollout rollout, String self, SeenEvidence seen) throws SQLException {
    String what = "stage %s of %s".formatted(order.stage().word(), rollout.change());
    Instant since = site.stores().history().standsSince(connection, rollout.id());
    boolean before =
        approvals.list(connection, rollout.id(), order.stage(), since).stream()
            .anyMatch(approval -> says(approval, self, seen));
    if (before) {
      return new Outcome.Done("%s approved %s before".formatted(self, what), "");
    }
    Transaction.run(
        connection,
        () -> {
          approvals.record(connection, rollout.id(), seen, order.override(), order.reason());
          site.stores().history().add(connection, rollout.id(), deed(seen));
        });
    return new Outcome.Done(
        "%s approved %s on evidence %s".formatted(self, what, seen.evidence().hash()),
        "How it stands: gatefold evidence " + rollout.change());
  }

  /** Whether an earlier approval says all that this one does. */
  private boolean says(Approval approval, String self, SeenEvidence seen) {
    return approval.actor().equals(self)
        && approval.fingerprint().equals(seen.fingerprint())
        && (approval.overrides() || !order.override())
        && approval.worseIn(seen.evidence().findings()).isEmpty();
  }

  private Deed deed(SeenEvidence seen) {
    return deed(
        "approved",
        order.stage().word()
            + (order.override() ? ", overriding what keeps its gate closed" : "")
            + order.reason().map(why -> ": " + why).orElse(""),
        Optional.of(seen.evidence().verdict().word()),
        "done");
  }

  private Deed deed(String kind, String text, Optional<String> verdict, String result) {
    return new Deed(
        kind, order.stage(), text, Optional.of(order.evidence()), verdict, order.reason(), result);
  }
}
