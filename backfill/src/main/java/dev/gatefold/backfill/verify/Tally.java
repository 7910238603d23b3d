package dev.gatefold.backfill.verify;

import dev.gatefold.backfill.range.BadRow;
import java.util.List;
import java.util.stream.Stream;

/**
 * What was counted in some rows. Immutable and thread-safe.
 *
 * @param wrong mismatches in key order: all of a range where somebody wants all, else the first
 */
public record Tally(long rows, long mismatches, List<BadRow> wrong) {

  /** How many mismatches are named where nobody wants more; all are counted. */
  public static final int LISTED = 20;

  static final Tally NONE = new Tally(0, 0, List.of());

  public Tally {
    wrong = List.copyOf(wrong);
  }

  static Tally right(long rows) {
    return new Tally(rows, 0, List.of());
  }

  static Tally wrong(BadRow row) {
    return new Tally(1, 1, List.of(row));
  }

  /** Adds rows that lie behind these. */
  Tally plus(Tally behind) {
    return new Tally(
        rows + behind.rows,
        mismatches + behind.mismatches,
        Stream.concat(wrong.stream(), behind.wrong.stream()).toList());
  }

  /** The same with the first mismatches alone. */
  public Tally listed() {
    return new Tally(rows, mismatches, wrong.stream().limit(LISTED).toList());
  }
}
