package dev.gatefold.executor.demo.traffic;

import java.math.BigDecimal;
import java.util.random.RandomGenerator;

/**
 * What the applications know of an order, whatever its columns are called at the time.
 *
 * @param cents the total
 */
record Order(String customer, long cents, String status, String note) {

  private static final String[] STATUSES = {"new", "paid", "shipped", "returned"};

  /** The orders that the table begins with, as SQL over {@code id}; says the same as below. */
  static final String ORIGINAL_SQL =
      """
      'customer ' || id % 5000,
      id * 7919 % 1000000 / 100 || '.' || lpad((id * 7919 % 100)::text, 2, '0'),
      (ARRAY['new', 'paid', 'shipped', 'returned'])[id % 4 + 1],
      'note ' || id\
      """;

  /** An order as the table began with it. */
  static Order original(long id) {
    return new Order(
        "customer " + id % 5000,
        id * 7919 % 1_000_000,
        STATUSES[(int) (id % STATUSES.length)],
        "note " + id);
  }

  static Order any(RandomGenerator random) {
    return new Order(
        "customer " + random.nextInt(5000),
        random.nextInt(10_000_000),
        STATUSES[random.nextInt(STATUSES.length)],
        "note " + random.nextInt());
  }

  /** This order with the columns of another. */
  Order with(Iterable<Column> columns, Order other) {
    Order result = this;
    for (Column column : columns) {
      result = result.with(column, other);
    }
    return result;
  }

  private Order with(Column column, Order other) {
    return switch (column) {
      case CUSTOMER -> new Order(other.customer, cents, status, note);
      case TOTAL -> new Order(customer, other.cents, status, note);
      case STATUS -> new Order(customer, cents, other.status, note);
      case NOTE -> new Order(customer, cents, status, other.note);
    };
  }

  /** The value of a column as an application of the given shape binds it. */
  Object value(Column column, Shape shape) {
    return switch (column) {
      case CUSTOMER -> customer;
      case TOTAL -> shape.totalIsNumeric() ? total() : total().toPlainString();
      case STATUS -> status;
      case NOTE -> note;
    };
  }

  BigDecimal total() {
    return BigDecimal.valueOf(cents, 2);
  }
}
