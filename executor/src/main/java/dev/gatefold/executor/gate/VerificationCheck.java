package dev.gatefold.executor.gate;

import dev.gatefold.executor.database.ServerFacts;
import dev.gatefold.executor.gate.Evidence.Finding;
import dev.gatefold.executor.gate.Evidence.Verdict;
import dev.gatefold.executor.rollout.Rollout;
import dev.gatefold.executor.store.Stores;
import dev.gatefold.executor.store.SyncStore.Made;
import dev.gatefold.executor.store.VerificationStore.Pass;
import dev.gatefold.planner.plan.Phase;
import dev.gatefold.planner.plan.StageName;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Contract starts only where the last whole pass over the rows found no mismatch. */
final class VerificationCheck implements GateCheck {

  private final Stores stores;
  private final InstantSource clock;

  VerificationCheck(Stores stores, InstantSource clock) {
    this.stores = stores;
    this.clock = clock;
  }

  @Override
  public List<Finding> look(Connection connection, Rollout rollout, StageName stage)
      throws SQLException {
    // A stage of CONTRACT that is under way compares all rows itself before it does anything else.
    if (stage.phase() != Phase.CONTRACT || rollout.state().underWay()) {
      return List.of();
    }
    List<Finding> findings = new ArrayList<>();
    for (Made made : stores.syncs().list(connection, rollout.id())) {
      findings.add(
          finding(
              ServerFacts.tableName(connection, made.table()),
              stores.verifications().last(connection, rollout.id(), made.table())));
    }
    return findings;
  }

  private Finding finding(String table, Optional<Pass> pass) {
    String check = "verification " + table;
    if (pass.isEmpty()) {
      return new Finding(
          check, Verdict.BLOCKED, "no row was compared yet", "Run verify.", clock.instant());
    }
    if (pass.get().mismatches() > 0) {
      return new Finding(
          check,
          Verdict.BLOCKED,
          "%d of %d rows differ".formatted(pass.get().mismatches(), pass.get().rows()),
          "Run verify to see the keys, mend the rows, and verify again.",
          clock.instant());
    }
    return new Finding(
        check,
        Verdict.CLEAR,
        "%d rows compared at %s, none differ; the stage compares them again"
            .formatted(pass.get().rows(), pass.get().beganAt()),
        "",
        clock.instant());
  }
}
