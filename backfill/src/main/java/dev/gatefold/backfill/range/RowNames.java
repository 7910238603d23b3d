package dev.gatefold.backfill.range;

import dev.gatefold.backfill.session.BoundStatement;
import dev.gatefold.planner.plan.RowMapping;
import dev.gatefold.planner.plan.RowMapping.Walk;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** Rows in the words of people: by their key, where they have one. Immutable and thread-safe. */
public final class RowNames {

  private final RowMapping mapping;

  public RowNames(RowMapping mapping) {
    this.mapping = mapping;
  }

  /** What the row at a place is called; the place itself where there is no row any more. */
  public Key at(Connection connection, Key place) throws SQLException {
    boolean named = mapping.walk().equals(Optional.of(Walk.BLOCKS)) && !mapping.key().isEmpty();
    return (named ? key(connection, place) : Optional.<Key>empty())
        .orElseGet(() -> Ranges.of(mapping).named(place));
  }

  private Optional<Key> key(Connection connection, Key place) throws SQLException {
    KeySql sql = new KeySql(mapping.alongItsKey());
    String query =
        """
        SELECT %s FROM %s WHERE %s.ctid = ?::tid
        """
            .formatted(sql.texts(), sql.table(), RowMapping.ROW);
    return new KeyReader(sql).first(connection, BoundStatement.of(query, place.values()));
  }
}
