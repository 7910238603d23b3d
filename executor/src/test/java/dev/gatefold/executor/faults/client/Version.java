package dev.gatefold.executor.faults.client;

import dev.gatefold.executor.faults.history.Side;
import java.util.List;
import java.util.Set;

/**
 * A version of the application: which shape of each column it uses. One on its way uses both.
 *
 * @param sides for each column
 */
public record Version(List<Set<Side>> sides) {

  public Version {
    sides = List.copyOf(sides);
  }

  boolean usesBoth(int column) {
    return sides.get(column).size() == 2;
  }

  /** The shape that it writes where it writes one. */
  Side writes(int column) {
    return sides.get(column).contains(Side.NEW) ? Side.NEW : Side.OLD;
  }
}
