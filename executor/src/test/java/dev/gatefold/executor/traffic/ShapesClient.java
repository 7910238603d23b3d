package dev.gatefold.executor.traffic;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * Applications of both versions at once: they write either shape, move rows along the key, delete.
 */
record ShapesClient(SplittableRandom random) implements Crew.Client {

  static final int ROWS = 6000;

  /** Above are rows that no client touches. */
  private static final int TOUCHED = 5000;

  private static final String TAKEN = "23505";

  static final String TABLE =
      """
      CREATE TABLE orders (day int, id int, total int NOT NULL, PRIMARY KEY (day, id));
      INSERT INTO orders SELECT i %% 40, i, i FROM generate_series(1, %d) i;
      ANALYZE orders;
      """
          .formatted(ROWS);

  /**
   * On most values the way there and back ends elsewhere. The clients write as fast as they can,
   * and a pass that made room for them would take minutes.
   */
  static final String CHANGE =
      """
      change: shapes
      operations:
        - alter_column:
            table: orders
            column: total
            to: amount
            type: numeric
            up: total / 3
            down: (amount * 3)::int
      backfill: {ignore_signals: [active_sessions, lock_waits, dead_rows]}
      """;

  static List<ShapesClient> several(int clients, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return Stream.generate(() -> new ShapesClient(random.split())).limit(clients).toList();
  }

  @Override
  public void round(Statement statement, long number) throws SQLException {
    try {
      statement.execute(next());
    } catch (SQLException e) {
      // Another client has a row of that key; it is so without any change, too.
      if (!TAKEN.equals(e.getSQLState())) {
        throw e;
      }
    }
  }

  private String next() {
    int id = 1 + random.nextInt(TOUCHED);
    int day = random.nextInt(40);
    int total = random.nextInt(1_000_000);
    String amount = total + "." + random.nextInt(1000);
    return switch (random.nextInt(8)) {
      case 0 -> "UPDATE orders SET total = %d WHERE id = %d".formatted(total, id);
      case 1 -> "UPDATE orders SET amount = %s WHERE id = %d".formatted(amount, id);
      case 2 -> "UPDATE orders SET day = %d WHERE id = %d".formatted(day, id);
      case 3 -> "UPDATE orders SET day = %d, amount = %s WHERE id = %d".formatted(day, amount, id);
      case 4 -> "UPDATE orders SET day = %d, total = %d WHERE id = %d".formatted(day, total, id);
      case 5 -> "DELETE FROM orders WHERE id = %d".formatted(id);
      case 6 -> "INSERT INTO orders (day, id, total) VALUES (%d, %d, %d)".formatted(day, id, total);
      default ->
          ("INSERT INTO orders (day, id, amount) VALUES (%d, %d, %s)"
                  + " ON CONFLICT (day, id) DO UPDATE SET amount = EXCLUDED.amount")
              .formatted(day, id, amount);
    };
  }
}
