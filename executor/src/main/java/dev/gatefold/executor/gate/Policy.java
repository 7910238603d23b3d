package dev.gatefold.executor.gate;

import dev.gatefold.executor.gate.Approvals.Weighed;
import dev.gatefold.executor.gate.Evidence.Finding;
import dev.gatefold.executor.rollout.Rollout;
import dev.gatefold.executor.store.Stores;
import dev.gatefold.planner.change.GateSettings;
import dev.gatefold.planner.plan.StageName;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the settings of a gate ask for, and who used the old shape. Two people together may override
 * these checks; those that guard data nobody may.
 */
public final class Policy {

  /** What the names of findings about uses of the old shape begin with. */
  public static final String USE = "use ";

  private final GateRules rules;
  private final Approvals approvals;
  private final ApprovalsCheck approvalsCheck;
  private final List<PolicyCheck> checks;

  Policy(Stores stores, GateRules rules, int namedStandbys, InstantSource clock) {
    this.rules = rules;
    this.approvals = new Approvals(stores.history());
    this.approvalsCheck = new ApprovalsCheck(approvals, clock);
    this.checks =
        List.of(
            new SoakCheck(stores, clock),
            new FreezeCheck(stores.verifications(), clock),
            new CustomCheck(clock),
            new LagCheck(namedStandbys, clock));
  }

  /** Whether two people may override what this check says. */
  public static boolean covers(Finding finding) {
    return Stream.of(
            SoakCheck.CHECK,
            FreezeCheck.CHECK,
            LagCheck.CHECK,
            ApprovalsCheck.CHECK,
            CustomCheck.CHECK,
            USE)
        .anyMatch(name -> finding.check().startsWith(name));
  }

  /**
   * The approval of somebody else that overrides what keeps the gate closed.
   *
   * @param promoter who lets the stage run, and therefore needs another person
   */
  Optional<Approval> override(Connection connection, Rollout rollout, Evidence now, String promoter)
      throws SQLException {
    GateSettings settings = rules.of(connection, rollout, now.stage());
    return approvals.weigh(connection, rollout, now.stage(), settings, now.findings()).stream()
        .filter(weighed -> weighed.objection().isEmpty())
        .map(Weighed::approval)
        .filter(approval -> approval.overrides() && !approval.actor().equals(promoter))
        .findFirst();
  }

  /**
   * What was seen, approvals last: they hold only as long as nothing has become worse since.
   *
   * @param seen what the other checks of the gate have found
   */
  List<Finding> look(Connection connection, Rollout rollout, StageName stage, List<Finding> seen)
      throws SQLException {
    // A stage under way was promoted: stopping half-way would be worse than either end.
    if (rollout.state().underWay()) {
      return List.of();
    }
    GateSettings settings = rules.of(connection, rollout, stage);
    List<Finding> all = new ArrayList<>(seen);
    List<Finding> findings = new ArrayList<>();
    for (PolicyCheck check : checks) {
      findings.addAll(check.look(connection, rollout, stage, settings));
    }
    all.addAll(findings);
    findings.addAll(approvalsCheck.look(connection, rollout, stage, settings, all));
    return findings;
  }
}
