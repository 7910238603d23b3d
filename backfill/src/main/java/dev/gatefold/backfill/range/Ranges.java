package dev.gatefold.backfill.range;

import dev.gatefold.planner.plan.RowMapping;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How the rows of one table are visited, part by part: along a key, or from block to block.
 *
 * <p>Either way a row has a {@link Key}, its place, and a part of the rows is a {@link KeyRange}.
 * Immutable and thread-safe.
 */
public sealed interface Ranges permits KeyRanges, BlockRanges {

  static Ranges of(RowMapping mapping) {
    return mapping.byBlocks() ? new BlockRanges(mapping) : new KeyRanges(mapping);
  }

  /**
   * The place up to which the rows go, that of the last row or one behind it; empty where there are
   * none. The table is locked against DDL until the transaction ends.
   */
  Optional<Key> end(Connection connection) throws SQLException;

  /**
   * The next rows of what is left, at most so many.
   *
   * <p>The table is locked against DDL until the transaction ends.
   */
  Slice slice(Connection connection, KeyRange rest, int rows) throws SQLException;

  /**
   * About so many of the rows that are left, without asking the server; empty where that cannot be
   * told.
   *
   * @param rowsPerBlock 0 where it is not known
   */
  Optional<KeyRange> guess(KeyRange rest, int rows, double rowsPerBlock);

  /** About how many rows a range has, without asking the server; empty where nobody can tell. */
  OptionalLong estimate(KeyRange range, double rowsPerBlock);

  /** How many blocks a range has; 0 where places are no blocks. */
  long blocks(KeyRange range);

  /** The beginning of a range, where it has more than so many blocks. */
  KeyRange beginning(KeyRange range, long blocks);

  /**
   * The next rows of what is left for a worker to claim, about so many, without asking the server;
   * empty where that is not possible.
   *
   * @param rowsPerBlock 0 where it is not known
   */
  Optional<KeyRange> portion(KeyRange rest, int rows, double rowsPerBlock);

  /** Why these ranges would leave rows out; empty where they do not. */
  Optional<String> objection(Connection connection) throws SQLException;

  /**
   * Whether a row that is written keeps its place, or at least is right wherever it goes; if not,
   * only one snapshot shows every row.
   */
  boolean steady();

  /** The place of a row in the words of messages. */
  Key named(Key place);

  /**
   * A part of the rows.
   *
   * @param rows how many it has
   */
  record Slice(KeyRange range, long rows) {}
}
