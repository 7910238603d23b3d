package dev.gatefold.executor.faults.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The states of each row in the order of their versions, which is the order in which the server
 * committed them: a row is written by one client at a time, or by the server's own count.
 */
final class Timelines {

  private final Map<Long, List<State>> states = new HashMap<>();
  private final Map<Long, List<Write>> aborted = new HashMap<>();

  Timelines(List<Transaction> transactions) {
    record Dated(Write write, Transaction transaction) {}
    List<Dated> committed = new ArrayList<>();
    for (Transaction transaction : transactions) {
      for (Write write : transaction.writes()) {
        if (transaction.committed()) {
          committed.add(new Dated(write, transaction));
        } else {
          aborted.computeIfAbsent(write.key(), key -> new ArrayList<>()).add(write);
        }
      }
    }
    // A move takes over what its client wrote before, under a lower version.
    committed.sort(Comparator.comparingLong(dated -> dated.write().version()));
    committed.forEach(dated -> apply(dated.write(), dated.transaction()));
  }

  private void apply(Write write, Transaction transaction) {
    switch (write.kind()) {
      case PUT -> add(write, transaction, Optional.of(inOrder(write.cells())));
      case CHANGE ->
          add(write, transaction, last(write.key()).cells().map(cells -> patched(cells, write)));
      case DELETE -> add(write, transaction, Optional.empty());
      case MOVE -> {
        Optional<List<Cell>> cells = last(write.from()).cells();
        add(Write.delete(write.from(), write.version()), transaction, Optional.empty());
        add(write, transaction, cells);
      }
    }
  }

  private void add(Write write, Transaction transaction, Optional<List<Cell>> cells) {
    states
        .computeIfAbsent(write.key(), key -> new ArrayList<>(List.of(State.NEVER)))
        .add(new State(write.version(), transaction.invoked(), transaction.completed(), cells));
  }

  private static List<Cell> inOrder(Map<Integer, Cell> cells) {
    return cells.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(Map.Entry::getValue)
        .toList();
  }

  private static List<Cell> patched(List<Cell> cells, Write write) {
    List<Cell> result = new ArrayList<>(cells);
    write.cells().forEach(result::set);
    return result;
  }

  private State last(long key) {
    List<State> all = of(key);
    return all.get(all.size() - 1);
  }

  /** Oldest first; the first is that the row was never there. */
  List<State> of(long key) {
    return states.getOrDefault(key, List.of(State.NEVER));
  }

  List<Write> aborted(long key) {
    return aborted.getOrDefault(key, List.of());
  }

  Set<Long> keys() {
    return new TreeSet<>(states.keySet());
  }
}
