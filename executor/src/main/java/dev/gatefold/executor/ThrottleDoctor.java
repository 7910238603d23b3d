package dev.gatefold.executor;

import dev.gatefold.backfill.pace.SystemTicker;
import dev.gatefold.backfill.throttle.Pressure;
import dev.gatefold.backfill.throttle.signal.Signal;
import dev.gatefold.backfill.throttle.signal.Signals;
import dev.gatefold.executor.Rollouts.Diagnosis;
import dev.gatefold.executor.Rollouts.Diagnosis.Level;
import dev.gatefold.executor.database.Query;
import dev.gatefold.planner.change.ThrottleSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Looks what would slow a backfill down now, and what it could not see. */
final class ThrottleDoctor {

  private static final double PERCENT = 100.0;

  private final Connection connection;
  private final int standbys;

  /** {@code standbys} says how many are named. */
  ThrottleDoctor(Connection connection, int standbys) {
    this.connection = connection;
    this.standbys = standbys;
  }

  List<Diagnosis> look() throws SQLException {
    List<Diagnosis> found = new ArrayList<>();
    if (Query.of("SELECT pg_is_in_recovery()").isTrue(connection)) {
      return found;
    }
    Signals signals = new Signals(ThrottleSettings.DEFAULT, new SystemTicker());
    for (Signal signal : signals.ofServer(standbys)) {
      Pressure pressure = signal.measure(connection);
      if (pressure.share() < 1) {
        found.add(note(signal, pressure));
      }
    }
    return found;
  }

  private static Diagnosis note(Signal signal, Pressure pressure) {
    String effect =
        pressure.holds()
            ? "a backfill would hold still"
            : "a backfill would work %.0f %% of the time".formatted(pressure.share() * PERCENT);
    return new Diagnosis(
        "throttle " + signal.name().word(),
        Level.NOTE,
        "%s: %s".formatted(effect, String.join(", ", pressure.reasons())),
        "Mend that, or accept it in the change file: backfill: {ignore_signals: [%s]}."
            .formatted(signal.name().word()));
  }
}
