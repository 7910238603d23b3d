package dev.gatefold.executor.faults.nemesis;

import java.sql.SQLException;

/** What an administrator, or a timeout, does to sessions. */
final class SessionFaults {

  static final String EXECUTORS =
      """
      SELECT %s FROM pg_stat_activity
      WHERE datname = current_database() AND application_name = 'gatefold'""";

  private static final String CLIENTS =
      """
      SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND application_name <> 'gatefold'
        AND backend_type = 'client backend' AND pid <> pg_backend_pid()""";

  private SessionFaults() {}

  static Fault.Mending terminateExecutor(Scene scene) throws SQLException {
    scene.strings(EXECUTORS.formatted("pg_terminate_backend(pid)"));
    return Fault.NOTHING;
  }

  static Fault.Mending terminateClients(Scene scene) throws SQLException {
    scene.strings(CLIENTS);
    return Fault.NOTHING;
  }

  /** Whatever statement the executor is at ends as by a timeout. */
  static Fault.Mending cancel(Scene scene) throws SQLException {
    scene.strings(EXECUTORS.formatted("pg_cancel_backend(pid)"));
    return Fault.NOTHING;
  }
}
