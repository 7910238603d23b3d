package dev.gatefold.executor.store;

import dev.gatefold.executor.database.Query;
import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.plan.StageName;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/** What happened, and who let it happen. Lines are added, never changed. */
public final class HistoryStore {

  public void add(Connection connection, long rollout, String kind, String text)
      throws SQLException {
    Query.of(
            "INSERT INTO gatefold.history (rollout_id, kind, text) VALUES (?, ?, ?)",
            rollout,
            kind,
            text)
        .update(connection);
  }

  /**
   * A promotion.
   *
   * @param verdict the gate's word on it
   * @param evidence the hash of what was seen
   */
  public record Promotion(
      StageName stage, Optional<String> reason, String verdict, String evidence) {}

  public void promoted(Connection connection, long rollout, Promotion promotion)
      throws SQLException {
    Query.of(
            """
            INSERT INTO gatefold.promotion (rollout_id, stage, reason, verdict, evidence_hash)
            VALUES (?, ?, ?, ?, ?)""",
            rollout,
            promotion.stage().word(),
            promotion.reason(),
            promotion.verdict(),
            promotion.evidence())
        .update(connection);
    add(
        connection,
        rollout,
        "promoted",
        promotion.stage().word() + promotion.reason().map(why -> ": " + why).orElse(""));
  }

  public List<HistoryEntry> list(Connection connection, Optional<ChangeName> change)
      throws SQLException {
    return Query.of(
            """
            SELECT r.change, h.at, h.actor, h.kind, h.text
            FROM gatefold.history h JOIN gatefold.rollout r ON r.id = h.rollout_id
            WHERE coalesce(r.change = ?, true)
            ORDER BY h.id""",
            change.map(ChangeName::value))
        .list(
            connection,
            row ->
                new HistoryEntry(
                    new ChangeName(row.getString(1)),
                    row.getObject(2, OffsetDateTime.class).toInstant(),
                    row.getString(3),
                    row.getString(4),
                    row.getString(5)));
  }
}
