package dev.gatefold.executor.store;

import dev.gatefold.backfill.progress.Remaining;
import dev.gatefold.backfill.throttle.Pressure;
import dev.gatefold.executor.database.Query;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What the processes that fill a table say of themselves, for others to see. Works in the caller's
 * transaction. Stateless and thread-safe.
 */
public final class SpeedStore {

  /** Who said nothing for so long is not at work any more. */
  private static final Duration SILENCE = Duration.ofSeconds(15);

  /**
   * What one process says.
   *
   * @param rowsWritten by this process, since it began with this table
   * @param ended whether it stopped working on it
   */
  public record Said(
      OptionalDouble rowsPerSecond,
      Optional<Remaining> remaining,
      Pressure pressure,
      long rowsWritten,
      boolean ended) {}

  /**
   * What all processes together said of one table.
   *
   * @param processes that were heard of lately; none where nobody works on it
   * @param rowsPerSecond of those; empty where none could tell
   * @param pressure the strongest that one of those meets
   * @param deadTuples row versions that the backfill left behind so far: one for each that it wrote
   * @param serverWal bytes of WAL that the server wrote while the backfill ran, by whomever
   * @param at when one was last heard of
   */
  public record Heard(
      String table,
      int processes,
      OptionalDouble rowsPerSecond,
      Optional<Remaining> remaining,
      Pressure pressure,
      long deadTuples,
      long serverWal,
      Instant at) {}

  /** Puts a process's words in the place of its former ones. */
  public void say(Connection connection, Subject subject, long table, String worker, Said said)
      throws SQLException {
    Query.of(
            """
            INSERT INTO gatefold.speed
              (subject, subject_id, table_oid, worker, rows_per_second, soonest_ms, latest_ms, share,
               reasons, rows_written, ended)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (subject, subject_id, table_oid, worker) DO UPDATE
            SET at = EXCLUDED.at, rows_per_second = EXCLUDED.rows_per_second,
                soonest_ms = EXCLUDED.soonest_ms, latest_ms = EXCLUDED.latest_ms,
                share = EXCLUDED.share, reasons = EXCLUDED.reasons,
                rows_written = EXCLUDED.rows_written, wal_to = EXCLUDED.wal_to,
                ended = EXCLUDED.ended""",
            subject.kind(),
            subject.id(),
            table,
            worker,
            said.rowsPerSecond().isPresent()
                ? Optional.of(said.rowsPerSecond().getAsDouble())
                : Optional.empty(),
            said.remaining().map(it -> it.soonest().toMillis()),
            said.remaining().map(it -> it.latest().toMillis()),
            said.pressure().share(),
            said.pressure().reasons(),
            said.rowsWritten(),
            said.ended())
        .mention(connection);
  }

  /** A table each, in the order in which they were filled. */
  public List<Heard> heard(Connection connection, Subject subject) throws SQLException {
    // WAL: of overlapping spans of several processes each byte counts once.
    return Query.of(
            """
            WITH said AS (
              SELECT *, NOT ended AND at > clock_timestamp() - ? * interval '1 ms' AS lately
              FROM gatefold.speed WHERE subject = ? AND subject_id = ?),
            wal AS (
              SELECT table_oid,
                     range_agg(numrange(wal_from - '0/0', greatest(wal_from, wal_to) - '0/0')) AS spans
              FROM said GROUP BY table_oid),
            strongest AS (
              SELECT DISTINCT ON (table_oid) table_oid, share, reasons
              FROM said WHERE lately ORDER BY table_oid, share)
            SELECT coalesce(format('%I.%I', n.nspname, c.relname), s.table_oid::text) AS name,
                   count(*) FILTER (WHERE lately) AS processes,
                   sum(s.rows_per_second) FILTER (WHERE lately) AS rows_per_second,
                   min(s.soonest_ms) FILTER (WHERE lately) AS soonest_ms,
                   max(s.latest_ms) FILTER (WHERE lately) AS latest_ms,
                   coalesce(min(p.share), 1) AS share,
                   (SELECT reasons FROM strongest t WHERE t.table_oid = s.table_oid) AS reasons,
                   sum(s.rows_written)::bigint AS rows_written,
                   (SELECT sum(upper(span) - lower(span))::bigint
                    FROM wal w, unnest(w.spans) AS span WHERE w.table_oid = s.table_oid) AS wal,
                   max(s.at) AS at
            FROM said s
            LEFT JOIN strongest p ON p.table_oid = s.table_oid
            LEFT JOIN pg_class c ON c.oid = s.table_oid::oid
            LEFT JOIN pg_namespace n ON n.oid = c.relnamespace
            GROUP BY s.table_oid, n.nspname, c.relname
            ORDER BY min(s.wal_from)""",
            SILENCE.toMillis(), subject.kind(), subject.id())
        .list(connection, SpeedStore::heard);
  }

  /** The tables begin anew. */
  public void forget(Connection connection, Subject subject) throws SQLException {
    Query.of(
            "DELETE FROM gatefold.speed WHERE subject = ? AND subject_id = ?",
            subject.kind(),
            subject.id())
        .update(connection);
  }

  private static Heard heard(ResultSet row) throws SQLException {
    return new Heard(
        row.getString("name"),
        row.getInt("processes"),
        rowsPerSecond(row),
        remaining(row),
        new Pressure(row.getDouble("share"), reasons(row.getArray("reasons"))),
        row.getLong("rows_written"),
        row.getLong("wal"),
        row.getObject("at", OffsetDateTime.class).toInstant());
  }

  private static OptionalDouble rowsPerSecond(ResultSet row) throws SQLException {
    double speed = row.getDouble("rows_per_second");
    return row.wasNull() ? OptionalDouble.empty() : OptionalDouble.of(speed);
  }

  private static Optional<Remaining> remaining(ResultSet row) throws SQLException {
    long soonest = row.getLong("soonest_ms");
    return row.wasNull()
        ? Optional.empty()
        : Optional.of(
            new Remaining(Duration.ofMillis(soonest), Duration.ofMillis(row.getLong("latest_ms"))));
  }

  private static List<String> reasons(@Nullable Array array) throws SQLException {
    return array == null ? List.of() : List.of((String[]) array.getArray());
  }
}
