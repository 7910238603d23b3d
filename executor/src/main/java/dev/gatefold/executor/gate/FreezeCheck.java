package dev.gatefold.executor.gate;

import dev.gatefold.executor.gate.Evidence.Finding;
import dev.gatefold.executor.gate.Evidence.Verdict;
import dev.gatefold.executor.rollout.Rollout;
import dev.gatefold.executor.store.VerificationStore;
import dev.gatefold.planner.change.FreezeWindow;
import dev.gatefold.planner.change.GateSettings;
import dev.gatefold.planner.plan.StageName;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Times in which a stage does not run, by the server's clock. */
final class FreezeCheck implements PolicyCheck {

  static final String CHECK = "freeze";

  private final VerificationStore server;
  private final InstantSource clock;

  FreezeCheck(VerificationStore server, InstantSource clock) {
    this.server = server;
    this.clock = clock;
  }

  @Override
  public List<Finding> look(
      Connection connection, Rollout rollout, StageName stage, GateSettings settings)
      throws SQLException {
    if (settings.freeze().isEmpty()) {
      return List.of();
    }
    Instant now = server.serverTime(connection);
    List<FreezeWindow> windows =
        settings.freeze().stream().filter(window -> window.until(now).isPresent()).toList();
    return List.of(
        windows.isEmpty()
            ? new Finding(CHECK, Verdict.CLEAR, "no window of it is open", "", clock.instant())
            : new Finding(
                CHECK,
                Verdict.WAITING,
                windows.stream().map(FreezeWindow::words).collect(Collectors.joining(", "))
                    + ends(settings.freeze(), now),
                "Come back then.",
                clock.instant()));
  }

  /** When no window is open any more; one may begin before another ends. */
  private static String ends(List<FreezeWindow> windows, Instant now) {
    Instant end = now;
    // Windows that overlap each other all week would lead on for ever.
    for (int step = 0; step < 2 * windows.size() + 2; step++) {
      Instant at = end;
      Optional<Instant> later =
          windows.stream().flatMap(window -> window.until(at).stream()).max(Instant::compareTo);
      if (later.isEmpty()) {
        return ": until " + end.truncatedTo(ChronoUnit.SECONDS);
      }
      end = later.get();
    }
    return ": the windows leave no time between them";
  }
}
