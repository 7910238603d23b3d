package dev.gatefold.executor.store;

import dev.gatefold.executor.database.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/** Whole passes over a table's rows. Stateless and thread-safe. */
public final class VerificationStore {

  /**
   * A pass.
   *
   * @param stamp of the sync that stood untouched from before its begin to its end
   */
  public record Pass(long table, Instant beganAt, long rows, long mismatches, String stamp) {}

  /** The last whole pass. */
  public Optional<Pass> last(Connection connection, long rollout, long table) throws SQLException {
    return Query.of(
            """
            SELECT began_at, rows, mismatches, fingerprint
            FROM gatefold.verification
            WHERE rollout_id = ? AND table_oid = ? AND ended_at IS NOT NULL
            ORDER BY id DESC LIMIT 1""",
            rollout,
            table)
        .first(
            connection,
            row ->
                new Pass(
                    table,
                    row.getObject(1, OffsetDateTime.class).toInstant(),
                    row.getLong(2),
                    row.getLong(3),
                    row.getString(4)));
  }

  /** How far the pass is that is under way, or was when it was stopped. */
  public record UnderWay(long table, Instant beganAt, long ranges, long rows, long mismatches) {}

  public List<UnderWay> underWay(Connection connection, long rollout) throws SQLException {
    return Query.of(
            """
            SELECT table_oid, began_at, ranges, rows, mismatches FROM gatefold.verification
            WHERE rollout_id = ? AND ended_at IS NULL ORDER BY table_oid""",
            rollout)
        .list(
            connection,
            row ->
                new UnderWay(
                    row.getLong(1),
                    row.getObject(2, OffsetDateTime.class).toInstant(),
                    row.getLong(3),
                    row.getLong(4),
                    row.getLong(5)));
  }

  public Instant serverTime(Connection connection) throws SQLException {
    return Query.of("SELECT clock_timestamp()")
        .first(connection, row -> row.getObject(1, OffsetDateTime.class).toInstant())
        .orElseThrow();
  }

  /** Forgets the passes of a rollout whose new columns are gone. */
  public void forget(Connection connection, long rollout) throws SQLException {
    Query.of("DELETE FROM gatefold.verification WHERE rollout_id = ?", rollout).update(connection);
  }
}
