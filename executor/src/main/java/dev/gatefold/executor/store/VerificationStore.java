package dev.gatefold.executor.store;

import dev.gatefold.executor.database.Query;
import dev.gatefold.planner.change.ChangeName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Whole passes over a table's rows. Stateless and thread-safe. */
public final class VerificationStore {

  private static final String UNDER_WAY =
      """
      SELECT r.change, v.table_oid, v.began_at, v.ranges, v.rows, v.mismatches,
             coalesce(CASE WHEN c.oid IS NOT NULL THEN format('%I.%I', n.nspname, c.relname) END,
                      'the dropped table ' || v.table_oid)
               AS name
      FROM gatefold.verification v JOIN gatefold.rollout r ON r.id = v.rollout_id
      LEFT JOIN pg_class c ON c.oid = v.table_oid::oid
      LEFT JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE v.ended_at IS NULL
      """;

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

  /**
   * How far the pass is that is under way, or was when it was stopped.
   *
   * @param name of the table
   */
  public record UnderWay(
      long table, String name, Instant beganAt, long ranges, long rows, long mismatches) {}

  public List<UnderWay> underWay(Connection connection, long rollout) throws SQLException {
    return Query.of(UNDER_WAY + "AND r.id = ? ORDER BY v.table_oid", rollout)
        .list(connection, VerificationStore::underWay);
  }

  /** The same of all rollouts that have any. */
  public Map<ChangeName, List<UnderWay>> underWay(Connection connection) throws SQLException {
    return Query.of(UNDER_WAY + "ORDER BY r.id, v.table_oid")
        .list(connection, row -> Map.entry(new ChangeName(row.getString("change")), underWay(row)))
        .stream()
        .collect(
            Collectors.groupingBy(
                Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
  }

  private static UnderWay underWay(ResultSet row) throws SQLException {
    return new UnderWay(
        row.getLong("table_oid"),
        row.getString("name"),
        row.getObject("began_at", OffsetDateTime.class).toInstant(),
        row.getLong("ranges"),
        row.getLong("rows"),
        row.getLong("mismatches"));
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
