package dev.gatefold.executor.gate;

import dev.gatefold.executor.database.ServerFacts;
import dev.gatefold.executor.gate.Evidence.Finding;
import dev.gatefold.executor.gate.Evidence.Verdict;
import dev.gatefold.executor.rollout.Rollout;
import dev.gatefold.executor.store.SampleStore.Seen;
import dev.gatefold.executor.store.Stores;
import dev.gatefold.executor.store.SyncStore.Made;
import dev.gatefold.executor.store.VerificationStore.Pass;
import dev.gatefold.executor.store.VerificationStore.UnderWay;
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
    List<UnderWay> underWay = stores.verifications().underWay(connection, rollout.id());
    for (Made made : stores.syncs().list(connection, rollout.id())) {
      Optional<Pass> last = stores.verifications().last(connection, rollout.id(), made.table());
      Optional<Seen> sampled =
          last.isEmpty()
              ? Optional.empty()
              : Optional.of(
                  stores
                      .samples()
                      .since(connection, rollout.id(), made.table(), last.get().beganAt()));
      findings.add(
          finding(
              ServerFacts.tableName(connection, made.table()),
              last,
              sampled,
              underWay.stream().filter(it -> it.table() == made.table()).findFirst()));
    }
    return findings;
  }

  private Finding finding(
      String table, Optional<Pass> pass, Optional<Seen> sampled, Optional<UnderWay> underWay) {
    String check = "verification " + table;
    // It was stopped on its way: what it has seen counts, what it has not seen does not.
    if (underWay.filter(it -> it.mismatches() > 0).isPresent()) {
      return new Finding(
          check,
          Verdict.BLOCKED,
          "%d of the first %d rows differ in a pass that was stopped"
              .formatted(underWay.get().mismatches(), underWay.get().rows()),
          "Run verify: it goes on, and prints the keys.",
          clock.instant());
    }
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
    if (sampled.filter(it -> it.mismatches() > 0).isPresent()) {
      return new Finding(
          check,
          Verdict.BLOCKED,
          "none of %d rows differed at %s, but samples since then have seen %d that do: %s"
              .formatted(
                  pass.get().rows(),
                  pass.get().beganAt(),
                  sampled.get().mismatches(),
                  sampled.get().keys()),
          "Run verify: it compares all rows anew.",
          clock.instant());
    }
    return new Finding(
        check,
        Verdict.CLEAR,
        "%d rows compared at %s, none differ%s; the stage compares them again"
            .formatted(
                pass.get().rows(),
                pass.get().beganAt(),
                sampled
                    .filter(it -> it.ranges() > 0)
                    .map(
                        it ->
                            ", nor did any of %d in %d samples since"
                                .formatted(it.rows(), it.ranges()))
                    .orElse("")),
        "",
        clock.instant());
  }
}
