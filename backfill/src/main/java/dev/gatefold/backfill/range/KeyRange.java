package dev.gatefold.backfill.range;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The rows above one key, up to and including another. Immutable and thread-safe.
 *
 * @param after the key below the first row; empty for no lower bound
 */
public record KeyRange(Optional<Key> after, Key end) {

  /** A range of the same key columns that holds no row at all. */
  public KeyRange nothing() {
    return new KeyRange(Optional.of(end), end);
  }

  public KeyRange upTo(Key nearer) {
    return new KeyRange(after, nearer);
  }

  /** The values for the placeholders of {@link KeySql#within}, in order. */
  public List<String> parameters() {
    List<String> parameters = new ArrayList<>();
    after.ifPresent(key -> parameters.addAll(key.values()));
    parameters.addAll(end.values());
    return parameters;
  }
}
