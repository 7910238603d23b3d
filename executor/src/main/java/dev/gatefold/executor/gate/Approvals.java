package dev.gatefold.executor.gate;

import dev.gatefold.executor.gate.Evidence.Finding;
import dev.gatefold.executor.rollout.Rollout;
import dev.gatefold.executor.store.HistoryStore;
import dev.gatefold.planner.change.GateSettings;
import dev.gatefold.planner.plan.StageName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The approvals of a stage, each with why it does not count, if so. An approval is for the plan and
 * for the standstill in which it was given: after a rollback people decide again.
 */
final class Approvals {

  private final ApprovalStore store = new ApprovalStore();
  private final HistoryStore history;

  Approvals(HistoryStore history) {
    this.history = history;
  }

  /** An approval and what is against it. */
  record Weighed(Approval approval, Optional<String> objection) {}

  List<Weighed> weigh(
      Connection connection,
      Rollout rollout,
      StageName stage,
      GateSettings settings,
      List<Finding> now)
      throws SQLException {
    String submitter = store.submitter(connection, rollout.id());
    List<Weighed> weighed = new ArrayList<>();
    for (Approval approval :
        store.list(
            connection, rollout.id(), stage, history.standsSince(connection, rollout.id()))) {
      Optional<String> objection = objection(approval, submitter, rollout, now);
      weighed.add(
          new Weighed(
              approval,
              objection.isPresent()
                  ? objection
                  : store
                      .outside(connection, approval.actor(), settings.approvers())
                      .map(roles -> "is in no role of " + String.join(", ", roles))));
    }
    return weighed;
  }

  private static Optional<String> objection(
      Approval approval, String submitter, Rollout rollout, List<Finding> now) {
    if (approval.actor().equals(submitter)) {
      return Optional.of("submitted the change");
    }
    if (!approval.fingerprint().equals(rollout.plan().fingerprint())) {
      return Optional.of("approved another plan");
    }
    List<Difference> worse = approval.worseIn(now);
    return worse.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "approved before this became worse: "
                + worse.stream().map(it -> it.now().check()).collect(Collectors.joining(", ")));
  }
}
