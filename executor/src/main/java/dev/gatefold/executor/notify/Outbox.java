package dev.gatefold.executor.notify;

import dev.gatefold.executor.database.Query;
import dev.gatefold.executor.store.Notice.Event;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/**
 * Which letters are due. Each statement is a transaction of its own: none is open while a letter is
 * on its way. Times are those of the caller's clock.
 */
final class Outbox {

  /** An event that is older than this is news to nobody. */
  static final Duration LIFE = Duration.ofDays(1);

  private static final Duration KEPT = Duration.ofDays(7);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);
  private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

  private final Connection connection;

  Outbox(Connection connection) {
    this.connection = connection;
  }

  /** Addresses what has happened since to an endpoint. */
  void address(Endpoint endpoint, Instant now) throws SQLException {
    List<String> events = endpoint.on().stream().map(Event::word).toList();
    Query.of(
            """
            INSERT INTO gatefold.delivery (notification_id, endpoint, next_at)
            SELECT id, ?, ? FROM gatefold.notification WHERE event = ANY (?) AND at > ?
            ON CONFLICT (notification_id, endpoint) DO NOTHING""",
            endpoint.name(),
            time(now),
            events,
            time(now.minus(LIFE)))
        .update(connection);
  }

  /** Forgets what is long past; what happened stays in the history. */
  void forget(Instant now) throws SQLException {
    Query.of("DELETE FROM gatefold.notification WHERE at < ?", time(now.minus(KEPT)))
        .update(connection);
  }

  /**
   * Takes the oldest letter that is due. It is due again after a pause, whatever becomes of whoever
   * took it; so it may arrive twice, but never not at all.
   */
  Optional<Letter> take(Endpoint endpoint, Instant now) throws SQLException {
    return Query.of(
            """
            UPDATE gatefold.delivery d
            SET attempts = d.attempts + 1,
                next_at = ?::timestamptz
                  + least(? * power(2, least(d.attempts, 20)), ?) * interval '1 second'
            FROM gatefold.notification n JOIN gatefold.rollout r ON r.id = n.rollout_id
            WHERE n.id = d.notification_id AND d.endpoint = ? AND d.notification_id =
              (SELECT w.notification_id
               FROM gatefold.delivery w JOIN gatefold.notification o ON o.id = w.notification_id
               WHERE w.endpoint = ? AND w.delivered_at IS NULL AND w.next_at <= ? AND o.at > ?
               ORDER BY w.notification_id LIMIT 1
               FOR UPDATE OF w SKIP LOCKED)
            RETURNING n.id, d.attempts, json_build_object(
              'id', n.id, 'event', n.event, 'change', r.change, 'stage', n.stage,
              'state', n.state, 'message', n.message, 'evidence', n.evidence_hash,
              'actor', n.actor,
              'at', to_char(n.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))""",
            time(now),
            FIRST_PAUSE.toSeconds(),
            LONGEST_PAUSE.toSeconds(),
            endpoint.name(),
            endpoint.name(),
            time(now),
            time(now.minus(LIFE)))
        .first(connection, row -> new Letter(row.getLong(1), row.getInt(2), row.getString(3)));
  }

  void delivered(Endpoint endpoint, Letter letter, Instant now) throws SQLException {
    Query.of(
            """
            UPDATE gatefold.delivery SET delivered_at = ?, problem = NULL
            WHERE notification_id = ? AND endpoint = ?""",
            time(now),
            letter.id(),
            endpoint.name())
        .update(connection);
  }

  /** Remembers why, and lets the other letters to that endpoint wait as long as this one. */
  void failed(Endpoint endpoint, Letter letter, String problem) throws SQLException {
    Query.of(
            """
            UPDATE gatefold.delivery d
            SET problem = ?, next_at = greatest(d.next_at, l.next_at)
            FROM gatefold.delivery l
            WHERE l.notification_id = ? AND l.endpoint = ?
              AND d.endpoint = l.endpoint AND d.delivered_at IS NULL""",
            problem,
            letter.id(),
            endpoint.name())
        .update(connection);
  }

  private static OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
