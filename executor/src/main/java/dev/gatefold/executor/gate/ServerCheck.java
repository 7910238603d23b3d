package dev.gatefold.executor.gate;

import dev.gatefold.executor.database.Query;
import dev.gatefold.executor.gate.Evidence.Finding;
import dev.gatefold.executor.gate.Evidence.Verdict;
import dev.gatefold.executor.rollout.Rollout;
import dev.gatefold.planner.plan.StageName;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;

/** The server must be a primary, and the session must stay the same from statement to statement. */
final class ServerCheck implements GateCheck {

  private static final String CHECK = "server";

  private final InstantSource clock;

  ServerCheck(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public List<Finding> look(Connection connection, Rollout rollout, StageName stage)
      throws SQLException {
    if (Query.of("SELECT pg_is_in_recovery()").isTrue(connection)) {
      return List.of(
          blocked("the server is a standby", "Give the URL of the primary, then promote."));
    }
    boolean keepsLock =
        Query.of(
                """
                SELECT EXISTS (
                  SELECT FROM pg_locks
                  WHERE locktype = 'advisory' AND granted AND pid = pg_backend_pid())""")
            .isTrue(connection);
    return List.of(
        keepsLock
            ? new Finding(CHECK, Verdict.CLEAR, "a primary, one session", "", clock.instant())
            : blocked(
                "the session lock is gone: a pooler hands each transaction to another session",
                "Connect to the server itself, or to a pool in session mode."));
  }

  private Finding blocked(String detail, String cure) {
    return new Finding(CHECK, Verdict.BLOCKED, detail, cure, clock.instant());
  }
}
