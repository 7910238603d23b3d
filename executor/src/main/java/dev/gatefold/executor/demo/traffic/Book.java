package dev.gatefold.executor.demo.traffic;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** What all clients together wrote and the database acknowledged. Thread-safe. */
final class Book {

  /** More than clients, so that hardly any waits for another. */
  private static final int PAGES = 32;

  /** Orders that come with a key of their own have higher ones than the table's sequence gives. */
  private static final long FIRST_OWN_KEY = 1_000_000_000_000L;

  private final long rows;
  private final List<Page> pages;
  private final AtomicLong ownKeys = new AtomicLong(FIRST_OWN_KEY);

  Book(long rows) {
    if (rows < PAGES) {
      throw new IllegalArgumentException("the demo needs at least " + PAGES + " rows");
    }
    this.rows = rows;
    this.pages = IntStream.range(0, PAGES).mapToObj(i -> new Page(i, PAGES, rows)).toList();
  }

  /** The orders that the table began with. */
  long rows() {
    return rows;
  }

  /** A page that nobody else works on; to be released. */
  Page take(RandomGenerator random) {
    while (true) {
      Page page = pages.get(random.nextInt(PAGES));
      if (page.tryTake()) {
        return page;
      }
      Thread.onSpinWait();
    }
  }

  long ownKey() {
    return ownKeys.getAndIncrement();
  }

  /** Lets nobody begin anything; returns when all under way is written down. */
  void hold() {
    pages.forEach(Page::take);
  }

  void letGo() {
    pages.forEach(Page::release);
  }

  /** Everything written, by key; an order that was deleted is empty. For whoever holds the book. */
  Map<Long, Optional<Order>> written() {
    Map<Long, Optional<Order>> all = new TreeMap<>();
    pages.forEach(page -> all.putAll(page.written()));
    return all;
  }
}
