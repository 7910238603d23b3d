package dev.gatefold.executor.gate;

import dev.gatefold.executor.gate.Evidence.Finding;
import dev.gatefold.executor.gate.Evidence.Verdict;
import dev.gatefold.executor.rollout.Rollout;
import dev.gatefold.executor.store.Stores;
import dev.gatefold.planner.change.GateSettings;
import dev.gatefold.planner.plan.StageName;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** How long the change has stood as it stands, by the server's clock. */
final class SoakCheck implements PolicyCheck {

  static final String CHECK = "soak";

  private final Stores stores;
  private final InstantSource clock;

  SoakCheck(Stores stores, InstantSource clock) {
    this.stores = stores;
    this.clock = clock;
  }

  @Override
  public List<Finding> look(
      Connection connection, Rollout rollout, StageName stage, GateSettings settings)
      throws SQLException {
    if (settings.soak().isZero()) {
      return List.of();
    }
    Instant since = stores.history().standsSince(connection, rollout.id());
    Instant until = since.plus(settings.soak());
    boolean over = !stores.verifications().serverTime(connection).isBefore(until);
    String detail =
        "%s since %s; %s are asked for"
            .formatted(
                rollout.state().word(),
                since.truncatedTo(ChronoUnit.SECONDS),
                TimeWords.of(settings.soak()));
    return List.of(
        over
            ? new Finding(CHECK, Verdict.CLEAR, detail, "", clock.instant())
            : new Finding(
                CHECK,
                Verdict.WAITING,
                detail + ": until " + until.truncatedTo(ChronoUnit.SECONDS),
                "Come back then.",
                clock.instant()));
  }
}
