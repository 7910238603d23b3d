package dev.gatefold.executor.faults.history;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Everything that clients did and saw, on one clock of ticks. Thread-safe. */
public final class History {

  private final AtomicLong clock = new AtomicLong();
  private final List<Transaction> transactions = new ArrayList<>();
  private final List<Reading> readings = new ArrayList<>();

  /** The next tick. */
  public long tick() {
    return clock.incrementAndGet();
  }

  public synchronized void add(Transaction transaction) {
    transactions.add(transaction);
  }

  public synchronized void add(Reading reading) {
    readings.add(reading);
  }

  public synchronized List<Transaction> transactions() {
    return List.copyOf(transactions);
  }

  public synchronized List<Reading> readings() {
    return List.copyOf(readings);
  }
}
