package dev.gatefold.executor.store;

import dev.gatefold.executor.database.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Which steps are done. This record decides after a crash. Stateless and thread-safe. */
public final class StepStore {

  public Set<String> done(Connection connection, long rollout) throws SQLException {
    return Set.copyOf(
        Query.of("SELECT step FROM gatefold.step_done WHERE rollout_id = ?", rollout)
            .list(connection, row -> row.getString(1)));
  }

  public void record(Connection connection, long rollout, String step) throws SQLException {
    Query.of(
            """
            INSERT INTO gatefold.step_done (rollout_id, step) VALUES (?, ?)
            ON CONFLICT (rollout_id, step) DO UPDATE SET done_at = EXCLUDED.done_at""",
            rollout,
            step)
        .update(connection);
  }

  public void forget(Connection connection, long rollout, Collection<String> steps)
      throws SQLException {
    Query.of(
            "DELETE FROM gatefold.step_done WHERE rollout_id = ? AND step = ANY (?)",
            rollout,
            List.copyOf(steps))
        .update(connection);
  }

  /** A number for the next attempt at a step; no two attempts of a rollout share one. */
  public long nextAttempt(Connection connection, long rollout) throws SQLException {
    return Query.of(
            """
            UPDATE gatefold.rollout SET attempts = attempts + 1 WHERE id = ?
            RETURNING attempts""",
            rollout)
        .first(connection, row -> row.getLong(1))
        .orElseThrow();
  }
}
