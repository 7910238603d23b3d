package dev.gatefold.backfill.range;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds the rows behind an error that the server reports only for a whole range, by halving it. For
 * one bad row among n this asks about 2 log n times. Not thread-safe.
 */
public final class Bisection {

  /** Tries a range. */
  @FunctionalInterface
  public interface Probe {
    /** Why the range fails; empty where it does not. */
    Optional<String> fault(KeyRange range) throws SQLException;
  }

  private final Optional<Key> after;
  private final List<Key> keys;
  private final Probe probe;
  private final List<BadRow> found = new ArrayList<>();

  private Bisection(Optional<Key> after, List<Key> keys, Probe probe) {
    this.after = after;
    this.keys = keys;
    this.probe = probe;
  }

  /**
   * The rows that fail on their own, in key order.
   *
   * @param after the key below the first one
   * @param keys the keys of the range in order
   */
  public static List<BadRow> find(Optional<Key> after, List<Key> keys, Probe probe)
      throws SQLException {
    Bisection bisection = new Bisection(after, keys, probe);
    if (!keys.isEmpty()) {
      bisection.search(0, keys.size());
    }
    return bisection.found;
  }

  private void search(int from, int to) throws SQLException {
    Optional<Key> below = from == 0 ? after : Optional.of(keys.get(from - 1));
    Optional<String> fault = probe.fault(new KeyRange(below, keys.get(to - 1)));
    if (fault.isEmpty()) {
      return;
    }
    if (to - from == 1) {
      found.add(new BadRow(keys.get(from), fault.get()));
      return;
    }
    int middle = (from + to) >>> 1;
    search(from, middle);
    search(middle, to);
  }
}
