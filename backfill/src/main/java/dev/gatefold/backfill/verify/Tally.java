package dev.gatefold.backfill.verify;

import dev.gatefold.backfill.range.BadRow;
import java.util.List;
import java.util.stream.Stream;

/**
 * What was counted in some rows. Immutable and thread-safe.
 *
 * @param first the first mismatches in key order, at most {@value #LISTED}
 */
record Tally(long rows, long mismatches, List<BadRow> first) {

  /** How many mismatches are named; all are counted. */
  static final int LISTED = 20;

  static final Tally NONE = new Tally(0, 0, List.of());

  Tally {
    first = List.copyOf(first);
  }

  static Tally right() {
    return new Tally(1, 0, List.of());
  }

  static Tally wrong(BadRow row) {
    return new Tally(1, 1, List.of(row));
  }

  /** Adds rows that lie behind these. */
  Tally plus(Tally behind) {
    return new Tally(
        rows + behind.rows,
        mismatches + behind.mismatches,
        Stream.concat(first.stream(), behind.first.stream()).limit(LISTED).toList());
  }
}
