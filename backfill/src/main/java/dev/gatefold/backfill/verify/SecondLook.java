package dev.gatefold.backfill.verify;

import dev.gatefold.backfill.pace.Breath;
import dev.gatefold.backfill.range.BadRow;
import dev.gatefold.backfill.range.Key;
import dev.gatefold.backfill.range.KeyRange;
import dev.gatefold.backfill.range.KeyReader;
import dev.gatefold.backfill.range.KeySql;
import dev.gatefold.planner.plan.RowMapping;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Tells rows that are wrong from rows that were not followed yet. A row that differs is wrong if it
 * still does, in the very same version, once all must have been followed that was written before; a
 * newer version is the business of whoever follows. Immutable.
 */
final class SecondLook {

  private final VerificationJob job;
  private final Map<Key, String> first;

  private SecondLook(VerificationJob job, Map<Key, String> first) {
    this.job = job;
    this.first = first;
  }

  /** The rows that differ at first. */
  static SecondLook after(Connection connection, VerificationJob job, KeyRange range)
      throws SQLException {
    VerificationJob all = job.namingAll();
    Tally tally = new RangeCheck(connection, all, Breath.HELD).compare(range);
    return new SecondLook(all, versions(connection, job.rows(), keys(tally)));
  }

  /** What is wrong for certain. */
  Tally wrong(Connection connection, KeyRange range) throws SQLException {
    Tally tally = new RangeCheck(connection, job, Breath.HELD).compare(range);
    Map<Key, String> now = versions(connection, job.rows(), keys(tally));
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

  /** Of a row that lives in two tables the version in either. */
  private static Map<Key, String> versions(Connection connection, RowMapping rows, List<Key> keys)
      throws SQLException {
    if (keys.isEmpty()) {
      return Map.of();
    }
    Map<Key, String> versions =
        new HashMap<>(new KeyReader(new KeySql(rows)).versions(connection, keys));
    Optional<KeySql> copies = rows.mirrored().map(KeySql::new);
    if (copies.isPresent()) {
      new KeyReader(copies.get())
          .versions(connection, keys)
          .forEach((key, version) -> versions.merge(key, version, "%s and %s"::formatted));
    }
    return versions;
  }
}
