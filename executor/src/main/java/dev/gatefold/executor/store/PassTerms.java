package dev.gatefold.executor.store;

import dev.gatefold.backfill.verify.VerificationJob;
import dev.gatefold.executor.database.Query;
import dev.gatefold.executor.store.SyncStore.Made;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;

/**
 * Under what a pass compares rows. It goes on only where all of it is as it was when it began: each
 * row that was found right then has stayed right, and no row has gone from before it to behind it.
 * Immutable.
 *
 * @param stamp of the sync
 * @param comparison the condition itself, and the key along which it goes
 * @param collations their versions: another one may put the keys in another order
 * @param stale nobody has gone on with it for too long
 * @param disproved a sample has seen a row that differs since: something else is wrong, then
 */
public record PassTerms(
    String stamp,
    String mode,
    String comparison,
    String collations,
    boolean stale,
    boolean disproved) {

  /** Those of now. */
  public static PassTerms of(Connection connection, String stamp, Made made, VerificationJob job)
      throws SQLException {
    return new PassTerms(
        stamp,
        made.mode().name().toLowerCase(Locale.ROOT),
        job.comparison(),
        collations(connection, made.table()),
        false,
        false);
  }

  private static String collations(Connection connection, long table) throws SQLException {
    return Query.of(
            """
            SELECT coalesce(string_agg(DISTINCT concat_ws(' ', c.oid, c.collversion,
                pg_collation_actual_version(c.oid)), ', '), '')
            FROM pg_attribute a JOIN pg_collation c ON c.oid = a.attcollation
            WHERE a.attrelid = ?::oid AND a.attnum > 0""",
            table)
        .first(connection, row -> row.getString(1))
        .orElse("");
  }

  /** Why a pass that was under way under other terms does not go on; empty where it does. */
  Optional<String> objection(PassTerms then) {
    if (!mode.equals(then.mode)) {
      return Optional.of("the mode of the sync was " + then.mode + " then");
    }
    if (!stamp.equals(then.stamp)) {
      return Optional.of("the sync was made anew or touched since");
    }
    if (!comparison.equals(then.comparison)) {
      return Optional.of("the mapping, the key or the table's name is another one");
    }
    if (!collations.equals(then.collations)) {
      return Optional.of("a collation of the server may sort in another order since");
    }
    if (then.disproved) {
      return Optional.of("a sample has seen rows that differ since");
    }
    return then.stale
        ? Optional.of("its last range was compared more than a day ago")
        : Optional.empty();
  }
}
