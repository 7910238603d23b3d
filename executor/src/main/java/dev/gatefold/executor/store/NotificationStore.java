package dev.gatefold.executor.store;

import dev.gatefold.executor.database.Query;
import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.plan.StageName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * What others shall be told. Works in the caller's transaction, which changes what it tells of:
 * nobody hears of what did not happen, and whatever happened is told.
 */
public final class NotificationStore {

  private final Optional<String> actor;

  /** {@code actor} is who lets it happen; empty for who is connected. */
  public NotificationStore(Optional<String> actor) {
    this.actor = actor;
  }

  /**
   * Adds a notice. What was seen at a gate is told once, not each time that somebody looks there.
   */
  public void add(Connection connection, long rollout, Notice notice) throws SQLException {
    Query.of(
            """
            INSERT INTO gatefold.notification
              (rollout_id, event, stage, state, message, evidence_hash, actor)
            SELECT r.id, n.event, coalesce(n.stage, r.stage), r.state, ?, n.hash,
                   coalesce(?, session_user)
            FROM gatefold.rollout r, (VALUES (?::text, ?::text, ?::text)) n (event, stage, hash)
            WHERE r.id = ? AND NOT EXISTS (
              SELECT FROM (SELECT event, stage, evidence_hash FROM gatefold.notification
                           WHERE rollout_id = r.id ORDER BY id DESC LIMIT 1) last
              WHERE last.event = n.event AND last.stage = n.stage
                AND last.evidence_hash = n.hash)""",
            notice.message(),
            actor,
            notice.event().word(),
            notice.stage().map(StageName::word),
            notice.evidence(),
            rollout)
        .update(connection);
  }

  /**
   * Notifications that an endpoint did not take.
   *
   * @param endpoint the name of the endpoint
   * @param givenUp how many of them are not sent any more
   * @param problem why the latest attempt failed
   */
  public record Untold(
      ChangeName change, String endpoint, long count, long givenUp, String problem) {

    /** All of it, but for the endpoint. */
    public String sentence() {
      return "%d notifications of %s are not delivered%s: %s"
          .formatted(
              count, change, givenUp == 0 ? "" : ", %d given up".formatted(givenUp), problem);
    }
  }

  /** What did not arrive, by change and endpoint; of what was not tried yet, nothing. */
  public List<Untold> untold(Connection connection) throws SQLException {
    return Query.of(
            """
            SELECT r.change, d.endpoint, count(*),
                   count(*) FILTER (WHERE n.at < now() - interval '1 day'),
                   (array_agg(d.problem ORDER BY n.id DESC))[1]
            FROM gatefold.delivery d
            JOIN gatefold.notification n ON n.id = d.notification_id
            JOIN gatefold.rollout r ON r.id = n.rollout_id
            WHERE d.delivered_at IS NULL AND d.problem IS NOT NULL
            GROUP BY r.change, d.endpoint ORDER BY 1, 2""")
        .list(
            connection,
            row ->
                new Untold(
                    new ChangeName(row.getString(1)),
                    row.getString(2),
                    row.getLong(3),
                    row.getLong(4),
                    row.getString(5)));
  }
}
