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

  /** Of rows that live in two tables, the last one of either. */
  @Override
  public Optional<Key> end(Connection connection) throws SQLException {
    Optional<Key> end = keys.first(connection, BoundStatement.of(last(sql)));
    Optional<KeySql> copies = mapping.mirrored().map(KeySql::new);
    if (end.isEmpty() || copies.isEmpty()) {
      return copies.isEmpty() ? end : keys.first(connection, BoundStatement.of(last(copies.get())));
    }
    String behind = last(copies.get(), "WHERE " + sql.behind());
    return keys.first(connection, BoundStatement.of(behind, end.get().values())).or(() -> end);
  }

  private static String last(KeySql sql) {
    return last(sql, "");
  }

  private static String last(KeySql sql, String where) {
    return """
        SELECT %s FROM %s %s ORDER BY %s LIMIT 1
        """
        .formatted(sql.texts(), sql.table(), where, sql.descending());
  }

  /** Of rows that live in two tables no more than so many of either. */
  @Override
  public Slice slice(Connection connection, KeyRange rest, int rows) throws SQLException {
    Slice slice = sliced(connection, rest, rows);
    Optional<Key> bound = copiesBound(connection, slice.range(), rows);
    if (bound.isEmpty()) {
      return slice;
    }
    KeyRange less = slice.range().upTo(bound.get());
    return new Slice(less, keys.count(connection, less));
  }

  private Optional<Key> copiesBound(Connection connection, KeyRange range, int rows)
      throws SQLException {
    Optional<KeySql> copies = mapping.mirrored().map(KeySql::new);
    return copies.isEmpty()
        ? Optional.empty()
        : new KeyReader(copies.get()).first(connection, bound(copies.get(), range, rows));
  }

  private static BoundStatement bound(KeySql sql, KeyRange range, int rows) {
    return sql.textsAfter(
        rows - 1,
        BoundStatement.of(
            "WHERE %s ORDER BY %s".formatted(sql.within(range), sql.ascending()),
            range.parameters()));
  }

  private Slice sliced(Connection connection, KeyRange rest, int rows) throws SQLException {
    Optional<Key> bound = keys.first(connection, bound(sql, rest, rows));
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
