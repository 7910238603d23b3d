package dev.gatefold.backfill.range;

import dev.gatefold.backfill.session.BoundStatement;
import dev.gatefold.planner.plan.RowMapping;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Ranges from block to block: a row's place is its {@code ctid}, which the server finds without an
 * index (a TID range scan).
 *
 * <p>An update moves the row that it writes, to any block. That loses none, since the sync fills
 * whatever it sees written, and the end is read after the sync was made: behind it are such rows
 * only. Immutable and thread-safe.
 */
final class BlockRanges implements Ranges {

  /**
   * Blocks of one range at most, 8 MB: rows are locked while the rest of the range is searched, and
   * a table of which much was deleted may have a long way from one row to the next.
   */
  static final long MOST_BLOCKS = 1024;

  private final RowMapping mapping;
  private final KeySql sql;
  private final KeyReader keys;

  BlockRanges(RowMapping mapping) {
    this.mapping = mapping;
    this.sql = new KeySql(mapping);
    this.keys = new KeyReader(sql);
  }

  @Override
  public Optional<Key> end(Connection connection) throws SQLException {
    // Naming the table locks it; asking for its size alone would not.
    String query =
        """
        SELECT pg_catalog.pg_relation_size(?::oid)
            / pg_catalog.current_setting('block_size')::bigint,
          EXISTS (SELECT FROM %s WHERE false)
        """
            .formatted(sql.table());
    long blocks =
        BoundStatement.of(query, List.of(Long.toString(mapping.oid())))
            .query(connection, rows -> rows.next() ? rows.getLong(1) : 0);
    return blocks == 0 ? Optional.empty() : Optional.of(new Place(blocks, 0).key());
  }

  /**
   * Without ORDER BY: the scan goes from block to block anyhow, and a sort would read the whole
   * table. Were it to answer in another order, the range would have more or fewer rows than asked
   * for, but still just those between its ends.
   */
  @Override
  public Slice slice(Connection connection, KeyRange rest, int rows) throws SQLException {
    KeyRange near = near(rest);
    BoundStatement left = BoundStatement.of("WHERE " + sql.within(near), near.parameters());
    Optional<Key> bound = keys.first(connection, sql.textsAfter(rows - 1, left));
    return bound.isPresent()
        ? new Slice(rest.upTo(bound.get()), rows)
        : new Slice(near, keys.count(connection, near));
  }

  @Override
  public Optional<KeyRange> guess(KeyRange rest, int rows, double rowsPerBlock) {
    // Less than a block cannot be told without a look into it.
    return rowsPerBlock == 0 || rows < rowsPerBlock
        ? Optional.empty()
        : Optional.of(near(rest, Math.min(MOST_BLOCKS, (long) (rows / rowsPerBlock))));
  }

  @Override
  public OptionalLong estimate(KeyRange range, double rowsPerBlock) {
    return rowsPerBlock == 0
        ? OptionalLong.empty()
        : OptionalLong.of((long) (blocks(range) * rowsPerBlock));
  }

  @Override
  public long blocks(KeyRange range) {
    return Place.of(range.end()).block() - first(range);
  }

  @Override
  public KeyRange beginning(KeyRange range, long blocks) {
    return near(range, blocks);
  }

  /** Where nobody knows how many rows there are, a range is no longer than the longest batch. */
  @Override
  public Optional<KeyRange> portion(KeyRange rest, int rows, double rowsPerBlock) {
    return rowsPerBlock == 0 ? Optional.of(near(rest)) : guess(rest, rows, rowsPerBlock);
  }

  private static KeyRange near(KeyRange rest) {
    return near(rest, MOST_BLOCKS);
  }

  private static KeyRange near(KeyRange rest, long blocks) {
    long last = first(rest) + blocks;
    return Place.of(rest.end()).block() <= last ? rest : rest.upTo(new Place(last, 0).key());
  }

  private static long first(KeyRange range) {
    return range.after().map(Place::of).map(Place::block).orElse(0L);
  }

  /** A partitioned table has no blocks of its own, and would pass for an empty one. */
  @Override
  public Optional<String> objection(Connection connection) throws SQLException {
    return BoundStatement.of(
            "SELECT FROM pg_catalog.pg_class WHERE oid = ?::oid AND relkind <> 'r'",
            List.of(Long.toString(mapping.oid())))
        .query(
            connection,
            rows ->
                rows.next()
                    ? Optional.of(
                        "%s is no ordinary table, and has no key along which its rows could be visited"
                            .formatted(mapping.table()))
                    : Optional.empty());
  }

  @Override
  public boolean steady() {
    return false;
  }

  @Override
  public Key named(Key place) {
    return Key.of("ctid " + place);
  }

  /**
   * A place in the table. No row has the offset 0, so that a range up to {@code (7,0)} has all of
   * block 6 and nothing of block 7.
   */
  private record Place(long block, int offset) {

    static Place of(Key key) {
      String text = key.values().get(0);
      int comma = text.indexOf(',');
      return new Place(
          Long.parseLong(text.substring(1, comma)),
          Integer.parseInt(text.substring(comma + 1, text.length() - 1)));
    }

    Key key() {
      return Key.of("(" + block + "," + offset + ")");
    }
  }
}
