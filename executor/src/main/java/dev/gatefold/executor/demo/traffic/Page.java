package dev.gatefold.executor.demo.traffic;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;

/**
 * What a part of the orders must hold. Whoever works on these orders holds the page's lock from
 * before the statement until its outcome is written down, so that every read has one right answer,
 * whichever version of the application wrote last.
 */
final class Page {

  private final int number;
  private final int of;
  private final long rows;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Long, Optional<Order>> written = new HashMap<>();
  private final List<Long> touched = new ArrayList<>();

  /** The page of the orders 1 to {@code rows} whose number leaves {@code number} when divided. */
  Page(int number, int of, long rows) {
    this.number = number;
    this.of = of;
    this.rows = rows;
  }

  boolean tryTake() {
    return lock.tryLock();
  }

  void take() {
    lock.lock();
  }

  void release() {
    lock.unlock();
  }

  /** Any order: one that was written before as often as not, so that writes are read again. */
  long any(RandomGenerator random) {
    return !touched.isEmpty() && random.nextBoolean()
        ? touched.get(random.nextInt(touched.size()))
        : 1 + number + of * random.nextLong((rows - number - 1) / of + 1);
  }

  /** What the order must be; empty if there must be none. */
  Optional<Order> expected(long id) {
    return written.getOrDefault(id, Optional.of(Order.original(id)));
  }

  void write(long id, Optional<Order> order) {
    if (written.put(id, order) == null) {
      touched.add(id);
    }
  }

  Map<Long, Optional<Order>> written() {
    return written;
  }
}
