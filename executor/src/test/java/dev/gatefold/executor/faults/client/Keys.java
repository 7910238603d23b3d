package dev.gatefold.executor.faults.client;

import dev.gatefold.executor.faults.history.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The rows that one client alone writes, and so knows to be there or not. Not thread-safe. */
final class Keys {

  /** Rows that every client writes; they are never deleted. */
  static final int SHARED = 12;

  private static final long OWN = 1_000_000;

  private final List<Long> present = new ArrayList<>();
  private final List<Long> absent = new ArrayList<>();
  private long next;

  /** Its part of the rows that the table begins with; the keys of its own are beyond them. */
  Keys(int client, int clients, int rows) {
    this.next = (client + 1) * OWN;
    for (long key = SHARED + 1; key <= rows; key++) {
      if (key % clients == client) {
        present.add(key);
      }
    }
  }

  Optional<Long> present(RandomGenerator random) {
    return present.isEmpty()
        ? Optional.empty()
        : Optional.of(present.get(random.nextInt(present.size())));
  }

  /** One that was deleted, or one that never was. */
  long absent(RandomGenerator random) {
    return absent.isEmpty() || random.nextBoolean()
        ? next++
        : absent.get(random.nextInt(absent.size()));
  }

  void committed(Write write) {
    switch (write.kind()) {
      case PUT -> appears(write.key());
      case CHANGE -> {}
      case DELETE -> disappears(write.key());
      case MOVE -> {
        disappears(write.from());
        appears(write.key());
      }
    }
  }

  private void appears(long key) {
    absent.remove(key);
    if (!present.contains(key)) {
      present.add(key);
    }
  }

  private void disappears(long key) {
    present.remove(key);
    absent.add(key);
  }
}
