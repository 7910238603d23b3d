package dev.gatefold.executor.store;

import dev.gatefold.executor.database.Query;
import dev.gatefold.planner.plan.Plan.Claim;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Which columns belong to which rollout while it lasts: no two changes share one. */
public final class ClaimStore {

  /** A column that another change holds. */
  public record Taken(Claim claim, String change) {}

  /** Claims columns; answers the first that another change holds, and then holds none itself. */
  public Optional<Taken> claim(Connection connection, long rollout, List<Claim> claims)
      throws SQLException {
    for (Claim claim : claims) {
      Query.of(
              """
              INSERT INTO gatefold.claim (table_oid, column_name, rollout_id) VALUES (?, ?, ?)
              ON CONFLICT (table_oid, column_name) DO NOTHING""",
              claim.oid(),
              claim.column().value(),
              rollout)
          .update(connection);
      Optional<String> other = other(connection, rollout, claim);
      if (other.isPresent()) {
        release(connection, rollout);
        return Optional.of(new Taken(claim, other.get()));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> other(Connection connection, long rollout, Claim claim)
      throws SQLException {
    return Query.of(
            """
            SELECT r.change FROM gatefold.claim c JOIN gatefold.rollout r ON r.id = c.rollout_id
            WHERE c.table_oid = ? AND c.column_name = ? AND c.rollout_id <> ?""",
            claim.oid(),
            claim.column().value(),
            rollout)
        .first(connection, row -> row.getString(1));
  }

  public void release(Connection connection, long rollout) throws SQLException {
    Query.of("DELETE FROM gatefold.claim WHERE rollout_id = ?", rollout).update(connection);
  }
}
