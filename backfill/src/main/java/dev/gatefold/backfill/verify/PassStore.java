package dev.gatefold.backfill.verify;

import dev.gatefold.backfill.range.Key;
import dev.gatefold.backfill.range.KeyRange;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Keeps what came of each range of a pass, so that the pass can go on after whatever ended it. Each
 * call is part of the open transaction in which the rows were compared: a record that survives a
 * crash of the server lies behind everything that the comparison saw. Not thread-safe.
 */
public interface PassStore {

  /** How far a pass is that still counts; empty where the next one begins anew. */
  Optional<Point> load(Connection connection) throws SQLException;

  /**
   * A pass begins anew; one that was under way is forgotten.
   *
   * @param end the place up to which it goes; empty where there are no rows
   */
  void begin(Connection connection, Optional<Key> end) throws SQLException;

  /** The next range is compared. */
  Numbered compared(Connection connection, KeyRange range, Tally tally) throws SQLException;

  /** A range is compared once more; only the last time counts. */
  void comparedAgain(Connection connection, Numbered range, Tally tally) throws SQLException;

  /**
   * How far a pass is.
   *
   * @param done the place up to which all ranges were compared; empty at the beginning
   * @param rows how many rows were found right so far, those of ranges without a mismatch
   * @param differing the ranges with mismatches, in order: since then the rows may have been mended
   */
  record Point(Optional<Key> done, Key end, long rows, List<Numbered> differing) {

    public Point {
      differing = List.copyOf(differing);
    }

    KeyRange rest() {
      return new KeyRange(done, end);
    }
  }

  /** A range that was compared before. */
  record Numbered(long number, KeyRange range) {}

  /** Keeps nothing: each pass begins anew. */
  PassStore FORGETFUL =
      new PassStore() {
        @Override
        public Optional<Point> load(Connection connection) {
          return Optional.empty();
        }

        @Override
        public void begin(Connection connection, Optional<Key> end) {}

        @Override
        public Numbered compared(Connection connection, KeyRange range, Tally tally) {
          return new Numbered(0, range);
        }

        @Override
        public void comparedAgain(Connection connection, Numbered range, Tally tally) {}
      };
}
