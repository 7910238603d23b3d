package dev.gatefold.executor.store;

import dev.gatefold.executor.database.Query;
import dev.gatefold.planner.change.ChangeName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/**
 * What happened, and who let it happen. Lines are added, never changed. From where, and who unless
 * it is somebody whose request is worked on, the server fills in. Thread-safe.
 */
public final class HistoryStore {

  private final Optional<String> actor;

  /** {@code actor} is who lets it happen; empty for who is connected. */
  public HistoryStore(Optional<String> actor) {
    this.actor = actor;
  }

  public void add(Connection connection, long rollout, String kind, String text)
      throws SQLException {
    Query.of(
            """
            INSERT INTO gatefold.history (rollout_id, change, actor, kind, text, result)
            SELECT id, change, coalesce(?, session_user), ?, ?,
                   CASE ? WHEN 'failed' THEN 'failed' ELSE 'done' END
            FROM gatefold.rollout WHERE id = ?""",
            actor,
            kind,
            text,
            kind,
            rollout)
        .update(connection);
  }

  public void add(Connection connection, long rollout, Deed deed) throws SQLException {
    Query.of(
            """
            INSERT INTO gatefold.history
              (rollout_id, change, actor, kind, text, stage, evidence, verdict, reason, result)
            SELECT id, change, coalesce(?, session_user), ?, ?, ?, ?, ?, ?, ?
            FROM gatefold.rollout WHERE id = ?""",
            actor,
            deed.kind(),
            deed.text(),
            deed.stage().word(),
            deed.evidence(),
            deed.verdict(),
            deed.reason(),
            deed.result(),
            rollout)
        .update(connection);
  }

  /** Since when a rollout stands where it stands: submitted, or after a stage or its undoing. */
  public Instant standsSince(Connection connection, long rollout) throws SQLException {
    return Query.of(
            """
            SELECT max(at) FROM gatefold.history
            WHERE rollout_id = ? AND kind IN ('submitted', 'stage-done', 'rolled-back')
            HAVING count(*) > 0""",
            rollout)
        .first(connection, row -> row.getObject(1, OffsetDateTime.class).toInstant())
        .orElseThrow(() -> new IllegalStateException("a rollout without a history"));
  }

  public List<HistoryEntry> list(Connection connection, Optional<ChangeName> change)
      throws SQLException {
    return Query.of(
            """
            SELECT change, at, actor, kind, text FROM gatefold.history
            WHERE coalesce(change = ?, true)
            ORDER BY id""",
            change.map(ChangeName::value))
        .list(connection, HistoryStore::entry);
  }

  /**
   * The same with everything that is known.
   *
   * @param since the first instant that counts; empty for all from the beginning
   * @param until the first instant that does not count any more; empty for all to the end
   */
  public List<AuditEntry> audit(
      Connection connection,
      Optional<ChangeName> change,
      Optional<Instant> since,
      Optional<Instant> until)
      throws SQLException {
    return Query.of(
            """
            SELECT change, at, actor, kind, text, stage, evidence, verdict, reason, result,
                   host(client_addr) AS client_addr, application_name, process
            FROM gatefold.history
            WHERE coalesce(change = ?, true)
              AND at >= coalesce(?::timestamptz, '-infinity')
              AND at < coalesce(?::timestamptz, 'infinity')
            ORDER BY id""",
            change.map(ChangeName::value),
            since.map(it -> it.atOffset(ZoneOffset.UTC)),
            until.map(it -> it.atOffset(ZoneOffset.UTC)))
        .list(connection, HistoryStore::auditEntry);
  }

  private static HistoryEntry entry(ResultSet row) throws SQLException {
    return new HistoryEntry(
        new ChangeName(row.getString("change")),
        row.getObject("at", OffsetDateTime.class).toInstant(),
        row.getString("actor"),
        row.getString("kind"),
        row.getString("text"));
  }

  private static AuditEntry auditEntry(ResultSet row) throws SQLException {
    return new AuditEntry(
        entry(row),
        Optional.ofNullable(row.getString("stage")),
        Optional.ofNullable(row.getString("evidence")),
        Optional.ofNullable(row.getString("verdict")),
        Optional.ofNullable(row.getString("reason")),
        row.getString("result"),
        Optional.ofNullable(row.getString("client_addr")),
        Optional.ofNullable(row.getString("application_name")),
        Optional.ofNullable(row.getString("process")));
  }
}
