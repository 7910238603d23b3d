package dev.gatefold.executor.gate;

import dev.gatefold.executor.gate.Evidence.Verdict;
import dev.gatefold.executor.rollout.Rollout;
import dev.gatefold.executor.store.Stores;
import dev.gatefold.planner.plan.StageName;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;

/** Over which time use of an old column counts: the soak, or all since the stage before ended. */
final class UseWindow {

  private final Stores stores;
  private final GateRules rules;

  UseWindow(Stores stores, GateRules rules) {
    this.stores = stores;
    this.rules = rules;
  }

  /**
   * The time that counts, by the server's clock.
   *
   * @param soaks whether use ends by itself what it keeps closed: once it is older than the soak
   */
  record Span(Instant from, boolean soaks) {

    Verdict ofUse() {
      return soaks ? Verdict.WAITING : Verdict.INCONCLUSIVE;
    }
  }

  /** Never before the end of the stage before: what is asked about had another name then. */
  Span at(Connection connection, Rollout rollout, StageName stage) throws SQLException {
    Duration soak = rules.of(connection, rollout, stage).soak();
    Instant stands = stores.history().standsSince(connection, rollout.id());
    if (soak.isZero()) {
      return new Span(stands, false);
    }
    Instant soaking = stores.verifications().serverTime(connection).minus(soak);
    return new Span(soaking.isAfter(stands) ? soaking : stands, true);
  }

  /** Use is asked about before a stage of contract, and not again in the middle of one. */
  static boolean isAsked(Rollout rollout, StageName stage) {
    return (stage == StageName.RETIRE || stage == StageName.DROP) && !rollout.state().underWay();
  }
}
