package dev.gatefold.executor.store;

import dev.gatefold.executor.database.Query;
import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.plan.StageName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/**
 * Promotions for workers. Whose a request is, a session advisory lock says: it goes with the
 * session, so that what a killed worker held is free at once. Stateless and thread-safe.
 */
public final class RequestStore {

  /** The first key of the locks: "work" in ASCII. The second is the request's number. */
  private static final int LOCK_CLASS = 0x776f726b;

  /** No request has this number; each worker shares the lock, so that others see it is there. */
  private static final int PRESENCE = 0;

  private static final String ALL =
      """
      SELECT q.id, q.rollout_id, r.change, q.stage, q.fingerprint, q.evidence_hash, q.reason,
             q.actor, q.at, q.taken_by, q.outcome, q.message, q.cure, q.seen_hash, q.ended_at
      FROM gatefold.request q JOIN gatefold.rollout r ON r.id = q.rollout_id
      """;

  /** Asks for a promotion, unless one is asked for already; answers whether it did. */
  public boolean add(
      Connection connection,
      long rollout,
      StageName stage,
      Optional<String> evidence,
      Optional<String> reason)
      throws SQLException {
    return Query.of(
                """
                INSERT INTO gatefold.request (rollout_id, stage, fingerprint, evidence_hash, reason)
                SELECT id, ?, fingerprint, ?, ? FROM gatefold.rollout WHERE id = ?
                ON CONFLICT (rollout_id) WHERE ended_at IS NULL DO NOTHING""",
                stage.word(),
                evidence,
                reason,
                rollout)
            .update(connection)
        > 0;
  }

  /** The newest of a change. */
  public Optional<Request> newest(Connection connection, ChangeName change) throws SQLException {
    return Query.of(ALL + "WHERE r.change = ? ORDER BY q.id DESC LIMIT 1", change.value())
        .first(connection, RequestStore::read);
  }

  /** The newest of each change, by change. */
  public List<Request> newest(Connection connection) throws SQLException {
    return Query.of(
            ALL
                + """
                WHERE q.id IN (SELECT max(id) FROM gatefold.request GROUP BY rollout_id)
                ORDER BY r.change""")
        .list(connection, RequestStore::read);
  }

  /** Those that have not ended, oldest first. */
  public List<Request> open(Connection connection) throws SQLException {
    return Query.of(ALL + "WHERE q.ended_at IS NULL ORDER BY q.id")
        .list(connection, RequestStore::read);
  }

  /** Makes a request this session's, unless another has it or it has ended meanwhile. */
  public boolean take(Connection connection, Request request) throws SQLException {
    boolean locked =
        Query.of("SELECT pg_try_advisory_lock(?, ?)", LOCK_CLASS, (int) request.id())
            .isTrue(connection);
    if (!locked) {
      return false;
    }
    boolean open =
        Query.of(
                    """
                    UPDATE gatefold.request
                    SET taken_at = clock_timestamp(),
                        taken_by = format('session %s of %s from %s', pg_backend_pid(), session_user,
                                          coalesce(host(inet_client_addr()), 'a local socket'))
                    WHERE id = ? AND ended_at IS NULL""",
                    request.id())
                .update(connection)
            > 0;
    if (!open) {
      release(connection, request);
    }
    return open;
  }

  /** Gives a request back, for any worker to take. */
  public void giveBack(Connection connection, Request request) throws SQLException {
    Query.of(
            "UPDATE gatefold.request SET taken_by = NULL, taken_at = NULL WHERE id = ?",
            request.id())
        .update(connection);
    release(connection, request);
  }

  /** Writes down how a request of this session ended; the end of one that ended before stays. */
  public void end(Connection connection, Request request, Request.End end) throws SQLException {
    Query.of(
            """
            UPDATE gatefold.request
            SET outcome = ?, message = ?, cure = ?, seen_hash = ?, ended_at = clock_timestamp()
            WHERE id = ? AND ended_at IS NULL""",
            end.outcome(),
            end.message(),
            end.cure(),
            end.seen(),
            request.id())
        .update(connection);
    release(connection, request);
  }

  /** Ends what is asked for of a rollout that goes back: it was asked for on the way forward. */
  public void withdraw(Connection connection, long rollout) throws SQLException {
    Query.of(
            """
            UPDATE gatefold.request
            SET outcome = 'out_of_order', message = 'the change was rolled back meanwhile',
                cure = 'See gatefold status.', ended_at = clock_timestamp()
            WHERE rollout_id = ? AND ended_at IS NULL""",
            rollout)
        .update(connection);
  }

  private static void release(Connection connection, Request request) throws SQLException {
    Query.of("SELECT pg_advisory_unlock(?, ?)", LOCK_CLASS, (int) request.id()).isTrue(connection);
  }

  /** Lets others see, while the session lasts, that a worker is there. */
  public void attend(Connection connection) throws SQLException {
    Query.of("SELECT pg_try_advisory_lock_shared(?, ?)", LOCK_CLASS, PRESENCE).isTrue(connection);
  }

  /** Whether any worker is there. */
  public boolean isAttended(Connection connection) throws SQLException {
    return LeaseStore.isHeld(connection, LOCK_CLASS, PRESENCE);
  }

  private static Request read(ResultSet row) throws SQLException {
    return new Request(
        row.getLong("id"),
        row.getLong("rollout_id"),
        new ChangeName(row.getString("change")),
        StageName.of(row.getString("stage")).orElseThrow(),
        row.getString("fingerprint"),
        Optional.ofNullable(row.getString("evidence_hash")),
        Optional.ofNullable(row.getString("reason")),
        row.getString("actor"),
        row.getObject("at", OffsetDateTime.class).toInstant(),
        Optional.ofNullable(row.getString("taken_by")),
        end(row),
        Optional.ofNullable(row.getObject("ended_at", OffsetDateTime.class))
            .map(OffsetDateTime::toInstant));
  }

  private static Optional<Request.End> end(ResultSet row) throws SQLException {
    return row.getString("outcome") == null
        ? Optional.empty()
        : Optional.of(
            new Request.End(
                row.getString("outcome"),
                row.getString("message"),
                row.getString("cure"),
                Optional.ofNullable(row.getString("seen_hash"))));
  }
}
