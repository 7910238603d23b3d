package dev.gatefold.executor.waiting;

import dev.gatefold.executor.traffic.Crew;
import dev.gatefold.testing.TestDatabase;
import java.util.List;

/** An application that goes on reading and writing the tables. */
final class Passers {

  private static final List<String> ROUND =
      List.of(
          "SELECT count(*) FROM orders WHERE id < 10",
          "UPDATE orders SET note = 'passed' WHERE id = 2",
          "INSERT INTO orders (id) SELECT max(id) + 1 FROM orders",
          "SELECT count(*) FROM customers WHERE id < 10",
          "UPDATE customers SET note = 'passed' WHERE id = 2");

  private Passers() {}

  static Crew on(TestDatabase database) {
    return Crew.start(
        database,
        List.of(
            (statement, number) -> {
              for (String sql : ROUND) {
                statement.execute(sql);
              }
            }));
  }
}
