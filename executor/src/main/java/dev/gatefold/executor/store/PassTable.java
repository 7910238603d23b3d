package dev.gatefold.executor.store;

import dev.gatefold.backfill.range.Key;
import dev.gatefold.backfill.range.KeyRange;
import dev.gatefold.backfill.verify.PassStore;
import dev.gatefold.backfill.verify.Tally;
import dev.gatefold.executor.database.Query;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** One pass over a table: a line for it, and one for each of its ranges. Not thread-safe. */
public final class PassTable implements PassStore {

  private final long rollout;
  private final long table;
  private final PassTerms terms;
  private final boolean repairing;
  private Optional<Long> pass = Optional.empty();

  /**
   * For one run.
   *
   * @param terms of this run: a pass under others does not go on
   * @param repairing whether a whole pass that found differences goes on with those alone
   */
  public PassTable(long rollout, long table, PassTerms terms, boolean repairing) {
    this.rollout = rollout;
    this.table = table;
    this.terms = terms;
    this.repairing = repairing;
  }

  @Override
  public Optional<Point> load(Connection connection) throws SQLException {
    Optional<Kept> kept = kept(connection).filter(it -> terms.objection(it.terms()).isEmpty());
    if (kept.isEmpty()) {
      return Optional.empty();
    }
    pass = Optional.of(kept.get().id());
    // A whole one is under way once more: what is left of its differences says nothing until its
    // end.
    Query.of("UPDATE gatefold.verification SET ended_at = NULL WHERE id = ?", kept.get().id())
        .update(connection);
    List<Numbered> differing = differing(connection);
    long right =
        Query.of(
                """
                SELECT coalesce(sum(rows), 0) FROM gatefold.verification_range
                WHERE verification_id = ? AND mismatches = 0""",
                kept.get().id())
            .first(connection, row -> row.getLong(1))
            .orElseThrow();
    return Optional.of(new Point(kept.get().done(), kept.get().end(), right, differing));
  }

  /** Why the pass that is under way will not go on; empty where it will, or where there is none. */
  public Optional<String> objection(Connection connection) throws SQLException {
    return kept(connection).flatMap(it -> terms.objection(it.terms()));
  }

  private record Kept(long id, PassTerms terms, Optional<Key> done, Key end) {}

  private Optional<Kept> kept(Connection connection) throws SQLException {
    return Query.of(
            """
            SELECT id, fingerprint, mode, comparison, collations, done_key, end_key,
                   clock_timestamp() - compared_at > interval '1 day' AS stale,
                   EXISTS (SELECT FROM gatefold.verification_sample s
                           WHERE s.rollout_id = v.rollout_id AND s.table_oid = v.table_oid
                             AND s.at > v.began_at AND s.mismatches > 0) AS disproved
            FROM gatefold.verification v
            WHERE id = (SELECT max(id) FROM gatefold.verification
                        WHERE rollout_id = ? AND table_oid = ?)
              AND end_key IS NOT NULL AND (ended_at IS NULL OR ? AND mismatches > 0)""",
            rollout,
            table,
            repairing)
        .first(connection, PassTable::read);
  }

  private static Kept read(ResultSet row) throws SQLException {
    Optional<Array> done = Optional.ofNullable(row.getArray("done_key"));
    return new Kept(
        row.getLong("id"),
        new PassTerms(
            row.getString("fingerprint"),
            row.getString("mode"),
            row.getString("comparison"),
            row.getString("collations"),
            row.getBoolean("stale"),
            row.getBoolean("disproved")),
        done.isEmpty() ? Optional.empty() : Optional.of(key(done.get())),
        key(row.getArray("end_key")));
  }

  private List<Numbered> differing(Connection connection) throws SQLException {
    return Query.of(
            """
            SELECT number, after_key, end_key FROM gatefold.verification_range
            WHERE verification_id = ? AND mismatches > 0 ORDER BY number""",
            pass.orElseThrow())
        .list(connection, row -> new Numbered(row.getLong("number"), range(row)));
  }

  static KeyRange range(ResultSet row) throws SQLException {
    Optional<Array> after = Optional.ofNullable(row.getArray("after_key"));
    return new KeyRange(
        after.isEmpty() ? Optional.empty() : Optional.of(key(after.get())),
        key(row.getArray("end_key")));
  }

  static Key key(Array array) throws SQLException {
    return new Key(List.of((String[]) array.getArray()));
  }

  @Override
  public void begin(Connection connection, Optional<Key> end) throws SQLException {
    Query.of(
            """
            DELETE FROM gatefold.verification
            WHERE rollout_id = ? AND table_oid = ? AND ended_at IS NULL""",
            rollout,
            table)
        .update(connection);
    pass =
        Query.of(
                """
                INSERT INTO gatefold.verification
                  (rollout_id, table_oid, began_at, rows, mismatches, fingerprint, mode, comparison,
                   collations, end_key, compared_at)
                VALUES (?, ?, clock_timestamp(), 0, 0, ?, ?, ?, ?, ?, clock_timestamp())
                RETURNING id""",
                rollout,
                table,
                terms.stamp(),
                terms.mode(),
                terms.comparison(),
                terms.collations(),
                end.map(Key::values))
            .first(connection, row -> row.getLong(1));
  }

  @Override
  public Numbered compared(Connection connection, KeyRange range, Tally tally) throws SQLException {
    long number =
        Query.of(
                """
            WITH pass AS (
              UPDATE gatefold.verification
              SET done_key = ?, ranges = ranges + 1, rows = rows + ?, mismatches = mismatches + ?,
                  compared_at = clock_timestamp()
              WHERE id = ?
              RETURNING id, ranges)
            INSERT INTO gatefold.verification_range
              (verification_id, number, after_key, end_key, rows, mismatches, first_keys)
            SELECT id, ranges, ?::text[], ?::text[], ?, ?, ?::text[] FROM pass
            RETURNING number""",
                range.end().values(),
                tally.rows(),
                tally.mismatches(),
                pass.orElseThrow(),
                range.after().map(Key::values),
                range.end().values(),
                tally.rows(),
                tally.mismatches(),
                keys(tally))
            .first(connection, row -> row.getLong(1))
            .orElseThrow();
    return new Numbered(number, range);
  }

  @Override
  public void comparedAgain(Connection connection, Numbered range, Tally tally)
      throws SQLException {
    Query.of(
            """
            WITH before AS (
              SELECT rows, mismatches FROM gatefold.verification_range
              WHERE verification_id = ? AND number = ?),
            compared AS (
              UPDATE gatefold.verification_range
              SET rows = ?, mismatches = ?, first_keys = ?, compared_at = clock_timestamp()
              WHERE verification_id = ? AND number = ?)
            UPDATE gatefold.verification v
            SET rows = v.rows - before.rows + ?, mismatches = v.mismatches - before.mismatches + ?,
                compared_at = clock_timestamp()
            FROM before WHERE v.id = ?""",
            pass.orElseThrow(),
            range.number(),
            tally.rows(),
            tally.mismatches(),
            keys(tally),
            pass.orElseThrow(),
            range.number(),
            tally.rows(),
            tally.mismatches(),
            pass.orElseThrow())
        .update(connection);
  }

  static List<String> keys(Tally tally) {
    return tally.wrong().stream().map(row -> row.key().toString()).toList();
  }

  /** The pass is whole. What earlier ones kept of their ranges, and samples, is forgotten. */
  public void end(Connection connection) throws SQLException {
    Query.of(
            "UPDATE gatefold.verification SET ended_at = clock_timestamp() WHERE id = ?",
            pass.orElseThrow())
        .update(connection);
    Query.of(
            """
            DELETE FROM gatefold.verification_range WHERE verification_id IN (
              SELECT id FROM gatefold.verification
              WHERE rollout_id = ? AND table_oid = ? AND id < ?)""",
            rollout,
            table,
            pass.orElseThrow())
        .update(connection);
    Query.of(
            """
            DELETE FROM gatefold.verification_sample s USING gatefold.verification v
            WHERE v.id = ? AND s.rollout_id = v.rollout_id AND s.table_oid = v.table_oid
              AND s.at < v.began_at""",
            pass.orElseThrow())
        .update(connection);
  }
}
