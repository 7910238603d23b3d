package dev.gatefold.backfill.verify;

import dev.gatefold.backfill.pace.Breath;
import dev.gatefold.backfill.range.BadRow;
import dev.gatefold.backfill.range.Key;
import dev.gatefold.backfill.range.KeyRange;
import dev.gatefold.backfill.range.KeyReader;
import dev.gatefold.backfill.range.KeySql;
import dev.gatefold.backfill.range.Ranges;
import dev.gatefold.backfill.session.Attempt;
import dev.gatefold.backfill.session.BoundStatement;
import dev.gatefold.backfill.session.Failure;
import dev.gatefold.backfill.session.Savepoints;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Compares the rows of ranges, in the caller's transaction. Not thread-safe. */
final class RangeCheck {

  private final Connection connection;
  private final RightSql sql;
  private final KeySql places;
  private final KeyReader keys;
  private final Ranges ranges;
  private final String reason;
  private final int named;
  private final Breath breath;
  private final Optional<Orphans> orphans;
  private Duration slept = Duration.ZERO;

  RangeCheck(Connection connection, VerificationJob job, Breath breath) {
    this.breath = breath;
    this.connection = connection;
    this.named = job.nameAll() ? Integer.MAX_VALUE : Tally.LISTED;
    this.sql = new RightSql(job);
    this.places = new KeySql(job.rows());
    this.keys = new KeyReader(places);
    this.ranges = Ranges.of(job.rows());
    this.orphans = job.rows().copy().map(copy -> new Orphans(job.rows(), named));
    this.reason = reason(job);
  }

  private static String reason(VerificationJob job) {
    if (job.rows().copy().isPresent()) {
      return "no row of the new table is like this one of the old table";
    }
    return job.eitherWay()
        ? "neither shape is the image of the other"
        : "the new shape is not the image of the old one";
  }

  /**
   * Compares.
   *
   * @throws SQLException for errors that are not about the data of a row
   */
  Tally compare(KeyRange range) throws SQLException {
    Attempt<Tally> whole = tally(range);
    Optional<Tally> tally = whole.match(Optional::of, error -> Optional.empty());
    if (tally.isPresent()) {
      return tally.get();
    }
    Optional<SQLException> broken =
        tally(range.nothing()).match(none -> Optional.empty(), Optional::of);
    if (broken.isPresent()) {
      // The comparison itself is wrong, whatever the rows.
      throw broken.get();
    }
    List<Key> all = keys.all(connection, range);
    return all.isEmpty() ? Tally.NONE : halved(range.after(), all);
  }

  /** Halves a range on which a mapping fails, down to the rows on which it does. */
  private Tally searched(Optional<Key> after, List<Key> part) throws SQLException {
    KeyRange range = new KeyRange(after, part.get(part.size() - 1));
    Optional<Tally> tally = tally(range).match(Optional::of, error -> Optional.empty());
    return tally.isPresent() ? tally.get() : halved(after, part);
  }

  private Tally halved(Optional<Key> after, List<Key> part) throws SQLException {
    if (part.size() == 1) {
      return alone(new KeyRange(after, part.get(0)));
    }
    int middle = part.size() / 2;
    Tally lower = searched(after, part.subList(0, middle));
    return lower.plus(
        searched(Optional.of(part.get(middle - 1)), part.subList(middle, part.size())));
  }

  /** One row on which the comparison as a whole fails: right if each column is, in some way. */
  private Tally alone(KeyRange row) throws SQLException {
    for (List<BoundStatement> proofs : sql.proofs(places.rows(row))) {
      Optional<String> objection = objection(proofs);
      if (objection.isPresent()) {
        return Tally.wrong(new BadRow(ranges.named(row.end()), objection.get()));
      }
    }
    return Tally.right(1);
  }

  /** Why none of the proofs holds; the server's words where one of them fails. */
  private Optional<String> objection(List<BoundStatement> proofs) throws SQLException {
    String objection = reason;
    for (BoundStatement proof : proofs) {
      Attempt<Boolean> answer =
          Savepoints.dryRun(
              connection, on -> proof.query(on, rows -> rows.next() && rows.getBoolean(1)));
      if (answer.match(holds -> holds, error -> false)) {
        return Optional.empty();
      }
      String known = objection;
      objection = answer.match(holds -> known, Failure::reason);
    }
    return Optional.of(objection);
  }

  /** How much of the time the comparisons so far slept. */
  Duration slept() {
    return slept;
  }

  private Attempt<Tally> tally(KeyRange range) throws SQLException {
    return Savepoints.dryRun(
        connection,
        on -> {
          Tally counted = sql.tally(range, breath).query(on, RangeCheck::counted);
          if (!breath.isHeld()) {
            // Now: what is rolled back was never slept.
            slept = slept.plus(Breath.slept(on));
          }
          Tally found = named(range, counted);
          return orphans.isPresent() ? found.plus(orphans.get().of(on, range)) : found;
        });
  }

  private Tally named(KeyRange range, Tally counted) throws SQLException {
    if (counted.mismatches() == 0) {
      return counted;
    }
    List<BadRow> first =
        keys.where(connection, range, sql.wrong(), named).stream()
            .map(key -> new BadRow(ranges.named(key), reason))
            .toList();
    return new Tally(counted.rows(), counted.mismatches(), first);
  }

  private static Tally counted(ResultSet rows) throws SQLException {
    return rows.next() ? new Tally(rows.getLong(1), rows.getLong(2), List.of()) : Tally.NONE;
  }
}
