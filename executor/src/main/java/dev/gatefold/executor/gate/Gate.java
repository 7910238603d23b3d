package dev.gatefold.executor.gate;

import dev.gatefold.executor.gate.Evidence.Finding;
import dev.gatefold.executor.rollout.Rollout;
import dev.gatefold.executor.standby.Standbys;
import dev.gatefold.executor.store.Stores;
import dev.gatefold.executor.usage.Reads;
import dev.gatefold.planner.plan.StageName;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Measures the gate of a stage. */
public final class Gate {

  private final SyncCheck sync;
  private final List<GateCheck> checks;
  private final GateRules rules;
  private final Policy policy;

  public Gate(Stores stores, Standbys standbys, GateRules rules, InstantSource clock) {
    this.sync = new SyncCheck(stores.syncs(), stores.feeds(), clock);
    UseWindow window = new UseWindow(stores, rules);
    this.checks =
        List.of(
            new ServerCheck(clock),
            new RightsCheck(clock),
            new TriggersCheck(stores.backfills(), clock),
            sync,
            new FeedCheck(clock),
            new DriftCheck(stores.images(), clock),
            new DetachedCheck(stores.images(), clock),
            new VerificationCheck(stores, clock),
            new StandbyCheck(standbys, clock),
            new UseWritesCheck(stores, window, clock),
            new UseDependentsCheck(clock),
            new UseReadsCheck(new Reads(stores, standbys), window, clock),
            new UseRelationCheck(window, clock));
    this.rules = rules;
    this.policy = new Policy(stores, rules, standbys.all().size(), clock);
  }

  /** Whether the sync stood, so that going back loses no write of the new shape. */
  public Evidence measureSync(Connection connection, Rollout rollout, StageName undone)
      throws SQLException {
    List<Finding> findings = sync.look(connection, rollout, undone);
    return new Evidence(rollout.change(), undone, hash(rollout, undone, findings), findings);
  }

  /** What the settings ask for at the gate of a stage. */
  public GateRules rules() {
    return rules;
  }

  /** The approval of somebody else than the promoter that overrides what evidence says. */
  public Optional<Approval> override(
      Connection connection, Rollout rollout, Evidence now, String promoter) throws SQLException {
    return policy.override(connection, rollout, now, promoter);
  }

  public Evidence measure(Connection connection, Rollout rollout, StageName stage)
      throws SQLException {
    List<Finding> findings = new ArrayList<>();
    for (GateCheck check : checks) {
      findings.addAll(check.look(connection, rollout, stage));
    }
    findings.addAll(policy.look(connection, rollout, stage, findings));
    return new Evidence(rollout.change(), stage, hash(rollout, stage, findings), findings);
  }

  /** Covers what was decided on, not counters or times: the same verdicts give the same hash. */
  private static String hash(Rollout rollout, StageName stage, List<Finding> findings) {
    StringBuilder text = new StringBuilder(rollout.plan().fingerprint()).append('|').append(stage);
    findings.forEach(
        finding -> text.append('|').append(finding.check()).append('=').append(finding.verdict()));
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(text.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 6);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime knows SHA-256", e);
    }
  }
}
