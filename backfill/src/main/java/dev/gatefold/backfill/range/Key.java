package dev.gatefold.backfill.range;

import java.util.List;

/**
 * The key of one row, as the server prints it under the settings of a batch. Immutable and
 * thread-safe.
 *
 * @param values one text for each key column, in key order
 */
public record Key(List<String> values) {

  public Key {
    values = List.copyOf(values);
    if (values.isEmpty()) {
      throw new IllegalArgumentException("a key needs at least one column");
    }
  }

  public static Key of(String... values) {
    return new Key(List.of(values));
  }

  /** For people: {@code 42} or {@code (42, red)}. */
  @Override
  public String toString() {
    return values.size() == 1 ? values.get(0) : "(" + String.join(", ", values) + ")";
  }
}
