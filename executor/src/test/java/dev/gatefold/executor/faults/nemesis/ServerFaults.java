package dev.gatefold.executor.faults.nemesis;

import dev.gatefold.executor.faults.server.Patience;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** What happens to the server. */
final class ServerFaults {

  private ServerFaults() {}

  /** Every process of it is killed, and it is started again. */
  static Fault.Mending crash(Scene scene) throws IOException {
    scene.server().crash();
    return Fault.NOTHING;
  }

  /** A backend of the executor's is killed, whereupon the server ends all and recovers. */
  static Fault.Mending crashBackend(Scene scene) throws SQLException {
    Optional<String> pid =
        scene.strings(SessionFaults.EXECUTORS.formatted("pid")).stream().findAny();
    if (pid.isPresent()) {
      try (Connection witness = scene.connect()) {
        scene.server().crashBackend(Long.parseLong(pid.get()));
        Patience.until("every session has ended", () -> !witness.isValid(1));
      }
      scene.server().awaitReady();
    }
    return Fault.NOTHING;
  }
}
