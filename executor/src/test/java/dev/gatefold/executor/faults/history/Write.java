package dev.gatefold.executor.faults.history;

import java.util.Map;

/**
 * What a transaction makes of one row. Versions of a row rise from write to write.
 *
 * @param cells by the number of the column; all of them for {@link Kind#PUT}
 * @param from the key that the row had before, for {@link Kind#MOVE}
 */
public record Write(long key, long version, Kind kind, Map<Integer, Cell> cells, long from) {

  /** What becomes of the row. */
  public enum Kind {
    /** It is there with these values, whether or not it was before. */
    PUT,
    /** Some of its values change, maybe none but its version. */
    CHANGE,
    DELETE,
    /** It takes over the values of another key, which is deleted. */
    MOVE
  }

  public Write {
    cells = Map.copyOf(cells);
  }

  public static Write put(long key, long version, Map<Integer, Cell> cells) {
    return new Write(key, version, Kind.PUT, cells, key);
  }

  public static Write change(long key, long version, Map<Integer, Cell> cells) {
    return new Write(key, version, Kind.CHANGE, cells, key);
  }

  public static Write delete(long key, long version) {
    return new Write(key, version, Kind.DELETE, Map.of(), key);
  }

  public static Write move(long from, long key, long version) {
    return new Write(key, version, Kind.MOVE, Map.of(), from);
  }

  /** The same write under the version that the server gave it. */
  public Write at(long served) {
    return new Write(key, served, kind, cells, from);
  }
}
