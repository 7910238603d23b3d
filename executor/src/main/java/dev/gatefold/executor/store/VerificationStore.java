package dev.gatefold.executor.store;

import dev.gatefold.executor.database.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** Whole passes over a table's rows. Stateless and thread-safe. */
public final class VerificationStore {

  /**
   * A pass.
   *
   * @param stamp of the sync that stood untouched from before its begin to its end
   */
  public record Pass(long table, Instant beganAt, long rows, long mismatches, String stamp) {}

  public void record(Connection connection, long rollout, Pass pass) throws SQLException {
    Query.of(
            """
            INSERT INTO gatefold.verification
              (rollout_id, table_oid, began_at, rows, mismatches, fingerprint)
            VALUES (?, ?, ?, ?, ?, ?)""",
            rollout,
            pass.table(),
            pass.beganAt().atOffset(ZoneOffset.UTC),
            pass.rows(),
            pass.mismatches(),
            pass.stamp())
        .update(connection);
  }

  public Optional<Pass> last(Connection connection, long rollout, long table) throws SQLException {
    return Query.of(
            """
            SELECT began_at, rows, mismatches, fingerprint
            FROM gatefold.verification
            WHERE rollout_id = ? AND table_oid = ?
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
