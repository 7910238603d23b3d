package dev.gatefold.executor.gate;

import dev.gatefold.executor.database.Query;
import dev.gatefold.planner.plan.StageName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** Who approved what, and who may. Stateless and thread-safe. */
public final class ApprovalStore {

  /**
   * In the name of whoever is connected, for the stage of the evidence.
   *
   * @param reason why; an override needs one
   */
  public void record(
      Connection connection,
      long rollout,
      SeenEvidence seen,
      boolean overrides,
      Optional<String> reason)
      throws SQLException {
    Query.of(
            """
            INSERT INTO gatefold.approval (rollout_id, stage, evidence_id, overrides, reason)
            VALUES (?, ?, ?, ?, ?)""",
            rollout,
            seen.evidence().stage().word(),
            seen.id(),
            overrides,
            reason)
        .update(connection);
  }

  /** Those given since an instant, oldest first. */
  public List<Approval> list(Connection connection, long rollout, StageName stage, Instant since)
      throws SQLException {
    return Query.of(
            """
            SELECT a.actor, a.at, a.overrides, a.reason, e.hash, e.fingerprint, e.findings
            FROM gatefold.approval a JOIN gatefold.evidence e ON e.id = a.evidence_id
            WHERE a.rollout_id = ? AND a.stage = ? AND a.at >= ?
            ORDER BY a.id""",
            rollout,
            stage.word(),
            since.atOffset(ZoneOffset.UTC))
        .list(connection, ApprovalStore::read);
  }

  /** Who submitted the plan that is in force. */
  public String submitter(Connection connection, long rollout) throws SQLException {
    return Query.of("SELECT submitted_by FROM gatefold.rollout WHERE id = ?", rollout)
        .first(connection, row -> row.getString(1))
        .orElseThrow();
  }

  public String self(Connection connection) throws SQLException {
    return Query.of("SELECT session_user").first(connection, row -> row.getString(1)).orElseThrow();
  }

  /**
   * The first group of roles of which the person is in none; empty where there is no such group.
   */
  public Optional<List<String>> outside(
      Connection connection, String person, List<List<String>> groups) throws SQLException {
    for (List<String> roles : groups) {
      boolean inside =
          Query.of(
                  """
                  SELECT EXISTS (
                    SELECT FROM pg_roles p JOIN pg_roles r ON r.rolname::text = ANY (?)
                    WHERE p.rolname::text = ? AND pg_has_role(p.oid, r.oid, 'MEMBER'))""",
                  roles,
                  person)
              .isTrue(connection);
      if (!inside) {
        return Optional.of(roles);
      }
    }
    return Optional.empty();
  }

  private static Approval read(ResultSet row) throws SQLException {
    return new Approval(
        row.getString("actor"),
        row.getObject("at", OffsetDateTime.class).toInstant(),
        row.getBoolean("overrides"),
        Optional.ofNullable(row.getString("reason")),
        row.getString("hash"),
        row.getString("fingerprint"),
        EvidenceStore.findings(row.getString("findings")));
  }
}
