package dev.gatefold.executor.store;

import dev.gatefold.backfill.range.Key;
import dev.gatefold.backfill.range.KeyRange;
import dev.gatefold.backfill.verify.Tally;
import dev.gatefold.executor.database.Query;
import dev.gatefold.planner.change.ChangeName;
import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Ranges that were compared now and then. Stateless and thread-safe. */
public final class SampleStore {

  /**
   * What samples saw.
   *
   * @param ranges how many there were with any rows
   * @param mismatches the most that one of them saw: two may have seen the same rows
   * @param keys of the first rows that differed, in the last sample that saw any
   */
  public record Seen(long ranges, long rows, long mismatches, Optional<Instant> at, String keys) {}

  /** A change that waits and of which nobody has looked at a row for a minute. */
  public Optional<ChangeName> due(Connection connection) throws SQLException {
    return Query.of(
            """
            SELECT r.change FROM gatefold.rollout r
            WHERE r.state IN ('backfilled', 'retired') AND NOT r.paused
              AND EXISTS (SELECT FROM gatefold.verification v
                          JOIN gatefold.verification_range g ON g.verification_id = v.id
                          WHERE v.rollout_id = r.id AND v.ended_at IS NOT NULL)
              AND NOT EXISTS (SELECT FROM gatefold.verification_sample s
                              WHERE s.rollout_id = r.id
                                AND s.at > clock_timestamp() - interval '1 minute')
            ORDER BY random() LIMIT 1""")
        .first(connection, row -> new ChangeName(row.getString(1)));
  }

  /** Whether it is time for another one of a table. */
  public boolean isDue(Connection connection, long rollout, long table) throws SQLException {
    return Query.of(
            """
            SELECT NOT EXISTS (
              SELECT FROM gatefold.verification_sample
              WHERE rollout_id = ? AND table_oid = ?
                AND at > clock_timestamp() - interval '1 minute')""",
            rollout,
            table)
        .isTrue(connection);
  }

  /** What to look at: a range of the last whole pass, or what lies behind its end. */
  public record Choice(Optional<KeyRange> range, Key end) {}

  /** One of its ranges, or what came since, each as likely as the other. */
  public Optional<Choice> choose(
      Connection connection, long rollout, long table, RandomGenerator random) throws SQLException {
    return Query.of(
            """
            SELECT v.end_key AS pass_end, g.after_key, g.end_key
            FROM (SELECT id, ranges, end_key FROM gatefold.verification
                  WHERE rollout_id = ? AND table_oid = ? AND ended_at IS NOT NULL
                  ORDER BY id DESC LIMIT 1) v
            LEFT JOIN gatefold.verification_range g
              ON g.verification_id = v.id AND g.number = 1 + floor(? * (v.ranges + 1))
            WHERE v.end_key IS NOT NULL AND v.ranges > 0""",
            rollout,
            table,
            random.nextDouble())
        .first(
            connection,
            row ->
                new Choice(
                    Optional.<Array>ofNullable(row.getArray("end_key")).isEmpty()
                        ? Optional.empty()
                        : Optional.of(PassTable.range(row)),
                    PassTable.key(row.getArray("pass_end"))));
  }

  public void record(Connection connection, long rollout, long table, KeyRange range, Tally tally)
      throws SQLException {
    Query.of(
            """
            INSERT INTO gatefold.verification_sample
              (rollout_id, table_oid, after_key, end_key, rows, mismatches, first_keys)
            VALUES (?, ?, ?, ?, ?, ?, ?)""",
            rollout,
            table,
            range.after().map(Key::values),
            range.end().values(),
            tally.rows(),
            tally.mismatches(),
            PassTable.keys(tally))
        .update(connection);
  }

  /** What samples of a table saw since the last whole pass over it began. */
  public Seen since(Connection connection, long rollout, long table, Instant began)
      throws SQLException {
    return Query.of(
            """
            SELECT count(*) FILTER (WHERE rows > 0), coalesce(sum(rows), 0), coalesce(max(mismatches), 0), max(at),
                   coalesce((array_agg(array_to_string(first_keys, ', ') ORDER BY at DESC)
                             FILTER (WHERE mismatches > 0))[1], '')
            FROM gatefold.verification_sample
            WHERE rollout_id = ? AND table_oid = ? AND at > ?""",
            rollout,
            table,
            began.atOffset(ZoneOffset.UTC))
        .first(
            connection,
            row ->
                new Seen(
                    row.getLong(1),
                    row.getLong(2),
                    row.getLong(3),
                    Optional.ofNullable(row.getObject(4, OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant),
                    row.getString(5)))
        .orElseThrow();
  }

  /** Forgets all of a rollout. */
  public void forget(Connection connection, long rollout) throws SQLException {
    Query.of("DELETE FROM gatefold.verification_sample WHERE rollout_id = ?", rollout)
        .update(connection);
  }
}
