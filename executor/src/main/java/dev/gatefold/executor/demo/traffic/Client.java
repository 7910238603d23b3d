package dev.gatefold.executor.demo.traffic;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** One connection of an application: it does something at random, and checks what it finds. */
final class Client {

  private static final List<List<Column>> UPDATES =
      List.of(
          List.of(Column.CUSTOMER),
          List.of(Column.TOTAL),
          List.of(Column.STATUS),
          List.of(Column.NOTE),
          List.of(Column.TOTAL, Column.STATUS),
          List.of(Column.CUSTOMER, Column.TOTAL, Column.STATUS, Column.NOTE));

  private final OrdersTable orders;
  private final Book book;
  private final Tally tally;
  private final RandomGenerator random;

  Client(OrdersTable orders, Book book, Tally tally, RandomGenerator random) {
    this.orders = orders;
    this.book = book;
    this.tally = tally;
    this.random = random;
  }

  /** One thing that a user does; returns when its outcome is written down. */
  void act() throws SQLException {
    Page page = book.take(random);
    try {
      int chance = random.nextInt(100);
      if (chance < 40) {
        read(page, page.any(random));
      } else if (chance < 68) {
        update(page);
      } else if (chance < 78) {
        insert(page);
      } else if (chance < 88) {
        upsert(page);
      } else if (chance < 97) {
        transaction(page);
      } else {
        delete(page);
      }
    } catch (SQLException e) {
      // Counted where it was thrown. No statement is repeated: a failure is a failure.
      orders.abandon();
    } finally {
      page.release();
    }
  }

  private void read(Page page, long id) throws SQLException {
    check(id, page.expected(id), orders.read(id));
  }

  private void check(long id, Optional<Order> expected, Optional<Order> found) {
    if (!expected.equals(found)) {
      tally.lost(id, "%s was written, %s is there".formatted(text(expected), text(found)));
    }
  }

  private static String text(Optional<Order> order) {
    return order.map(Order::toString).orElse("no order");
  }

  private void update(Page page) throws SQLException {
    Change change = change(page);
    run(change);
    page.write(change.id(), change.after());
  }

  /** An update of some columns of an order that may be there or not. */
  private record Change(
      long id, List<Column> columns, Order values, Optional<Order> before, Optional<Order> after) {}

  private Change change(Page page) {
    long id = page.any(random);
    List<Column> columns = UPDATES.get(random.nextInt(UPDATES.size()));
    Order values = Order.any(random);
    Optional<Order> before = page.expected(id);
    return new Change(
        id, columns, values, before, before.map(order -> order.with(columns, values)));
  }

  private void run(Change change) throws SQLException {
    int rows = orders.update(change.id(), change.columns(), change.values());
    count(change.id(), change.before(), rows);
  }

  private void count(long id, Optional<Order> expected, int rows) {
    if (rows != (expected.isPresent() ? 1 : 0)) {
      tally.lost(id, "%s was written, %d rows are there".formatted(text(expected), rows));
    }
  }

  private void insert(Page page) throws SQLException {
    Order order = Order.any(random);
    page.write(orders.insert(order), Optional.of(order));
  }

  private void upsert(Page page) throws SQLException {
    long id = random.nextInt(4) == 0 ? book.ownKey() : page.any(random);
    Order order = Order.any(random);
    orders.upsert(id, order);
    page.write(id, Optional.of(order));
  }

  /** Two orders at once, both or neither; reads its own writes before it ends. */
  private void transaction(Page page) throws SQLException {
    Change first = change(page);
    Change second = change(page);
    if (first.id() == second.id()) {
      return;
    }
    boolean commit = random.nextInt(5) > 0;
    orders.begin();
    run(first);
    run(second);
    check(first.id(), first.after(), orders.read(first.id()));
    check(second.id(), second.after(), orders.read(second.id()));
    orders.end(commit);
    if (commit) {
      page.write(first.id(), first.after());
      page.write(second.id(), second.after());
    }
  }

  private void delete(Page page) throws SQLException {
    long id = page.any(random);
    count(id, page.expected(id), orders.delete(id));
    page.write(id, Optional.empty());
  }
}
