package dev.gatefold.backfill.range;

import dev.gatefold.backfill.session.BoundStatement;
import dev.gatefold.planner.plan.RowMapping;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalLong;

/** Ranges along a unique key. Immutable and thread-safe. */
final class KeyRanges implements Ranges {

  private final RowMapping mapping;
  private final KeySql sql;
  private final KeyReader keys;

  KeyRanges(RowMapping mapping) {
    this.mapping = mapping;
    this.sql = new KeySql(mapping);
    this.keys = new KeyReader(sql);
  }

  @Override
  public Optional<Key> end(Connection connection) throws SQLException {
    String query =
        """
        SELECT %s FROM %s ORDER BY %s LIMIT 1
        """
            .formatted(sql.texts(), sql.table(), sql.descending());
    return keys.first(connection, BoundStatement.of(query));
  }

  @Override
  public Slice slice(Connection connection, KeyRange rest, int rows) throws SQLException {
    BoundStatement left =
        BoundStatement.of(
            "WHERE %s ORDER BY %s".formatted(sql.within(rest), sql.ascending()), rest.parameters());
    Optional<Key> bound = keys.first(connection, sql.textsAfter(rows - 1, left));
    return bound.isPresent()
        ? new Slice(rest.upTo(bound.get()), rows)
        : new Slice(rest, keys.count(connection, rest));
  }

  @Override
  public Optional<KeyRange> guess(KeyRange rest, int rows, double rowsPerBlock) {
    return Optional.empty();
  }

  @Override
  public OptionalLong estimate(KeyRange range, double rowsPerBlock) {
    return OptionalLong.empty();
  }

  @Override
  public long blocks(KeyRange range) {
    return 0;
  }

  @Override
  public KeyRange beginning(KeyRange range, long blocks) {
    return range;
  }

  @Override
  public Optional<KeyRange> portion(KeyRange rest, int rows, double rowsPerBlock) {
    return Optional.empty();
  }

  @Override
  public Optional<String> objection(Connection connection) throws SQLException {
    return KeyOrder.objection(connection, mapping);
  }

  /** The sync sees to it that a row whose key is updated is right before it moves. */
  @Override
  public boolean steady() {
    return true;
  }

  @Override
  public Key named(Key place) {
    return place;
  }
}
