package dev.gatefold.backfill.lease;

import dev.gatefold.backfill.range.Key;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Keys as arrays of texts. */
final class Keys {

  private Keys() {}

  /** The placeholders of a key, one for each of its values. */
  static String array(Key key) {
    return "ARRAY[%s]::text[]"
        .formatted(String.join(", ", Collections.nCopies(key.values().size(), "?")));
  }

  static Optional<Key> read(ResultSet row, String column) throws SQLException {
    Optional<Array> array = Optional.ofNullable(row.getArray(column));
    return array.isEmpty()
        ? Optional.empty()
        : Optional.of(new Key(List.of((String[]) array.get().getArray())));
  }
}
