package dev.gatefold.executor.faults.history;

import java.util.List;
import java.util.Optional;

/**
 * What was found under a key at some instant between two ticks.
 *
 * @param where who read, for people
 * @param epochs for each column, how often the new one had been thrown away by then
 */
public record Reading(
    String where,
    long key,
    long invoked,
    long completed,
    List<Integer> epochs,
    Optional<Seen> row) {

  public Reading {
    epochs = List.copyOf(epochs);
  }
}
