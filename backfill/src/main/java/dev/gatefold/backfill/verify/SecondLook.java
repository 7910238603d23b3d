package dev.gatefold.backfill.verify;

import dev.gatefold.backfill.pace.Breath;
import dev.gatefold.backfill.range.BadRow;
import dev.gatefold.backfill.range.Key;
import dev.gatefold.backfill.range.KeyRange;
import dev.gatefold.backfill.range.KeyReader;
import dev.gatefold.backfill.range.KeySql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Tells rows that are wrong from rows that were not followed yet. A row that differs is wrong if it
 * still does, in the very same version, once all must have been followed that was written before; a
 * newer version is the business of whoever follows. Immutable.
 */
final class SecondLook {

  private final VerificationJob job;
  private final KeySql places;
  private final Map<Key, String> first;

  private SecondLook(VerificationJob job, Map<Key, String> first) {
    this.job = job;
    this.places = new KeySql(job.rows());
    this.first = first;
  }

  /** The rows that differ at first. */
  static SecondLook after(Connection connection, VerificationJob job, KeyRange range)
      throws SQLException {
    VerificationJob all = job.namingAll();
    Tally tally = new RangeCheck(connection, all, Breath.HELD).compare(range);
    return new SecondLook(all, versions(connection, new KeySql(job.rows()), keys(tally)));
  }

  /** What is wrong for certain. */
  Tally wrong(Connection connection, KeyRange range) throws SQLException {
    Tally tally = new RangeCheck(connection, job, Breath.HELD).compare(range);
    Map<Key, String> now = versions(connection, places, keys(tally));
    List<BadRow> wrong =
        tally.wrong().stream()
            .filter(row -> first.containsKey(row.key()))
            .filter(row -> Objects.equals(first.get(row.key()), now.get(row.key())))
            .toList();
    return new Tally(tally.rows(), wrong.size(), wrong);
  }

  private static List<Key> keys(Tally tally) {
    return tally.wrong().stream().map(BadRow::key).toList();
  }

  private static Map<Key, String> versions(Connection connection, KeySql places, List<Key> keys)
      throws SQLException {
    return keys.isEmpty()
        ? Map.of()
        : new HashMap<>(new KeyReader(places).versions(connection, keys));
  }
}
