package dev.gatefold.executor.traffic;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** One client of a partitioned table. Whatever it adds to a row it writes down beside it. */
record MovingClient(SplittableRandom random) implements Crew.Client {

  private static final String MOVED = "40001";
  private static final int ROWS = 4000;
  private static final int DAYS = 40;

  /** The columns of one partition stand in another order. */
  static final String TABLES =
      """
      CREATE TABLE orders (day int, id int, total int NOT NULL DEFAULT 0, note text, moved int,
                           PRIMARY KEY (day, id))
      PARTITION BY RANGE (day);
      CREATE INDEX orders_total ON orders (total);
      CREATE TABLE orders_1 PARTITION OF orders FOR VALUES FROM (0) TO (10);
      CREATE TABLE orders_2 (note text, moved int, total int NOT NULL DEFAULT 0, id int NOT NULL,
                             day int NOT NULL);
      ALTER TABLE orders ATTACH PARTITION orders_2 FOR VALUES FROM (10) TO (20);
      CREATE TABLE orders_3 PARTITION OF orders FOR VALUES FROM (20) TO (40)
        PARTITION BY HASH (id);
      CREATE TABLE orders_3_0 PARTITION OF orders_3 FOR VALUES WITH (MODULUS 2, REMAINDER 0);
      CREATE TABLE orders_3_1 PARTITION OF orders_3 FOR VALUES WITH (MODULUS 2, REMAINDER 1);
      INSERT INTO orders SELECT i %% %d, i, 0, 'n' FROM generate_series(1, %d) i;
      CREATE TABLE written (delta int);
      ANALYZE;
      """
          .formatted(DAYS, ROWS);

  static final String CHANGE =
      """
      change: parts
      operations:
        - alter_column: {table: orders, column: total, type: bigint}
        - rename_column: {table: orders, column: note, to: remark}
      """;

  /** What the rows have too much; whether all rows are there that were. */
  static final String SUMS =
      """
      SELECT (SELECT sum(total) FROM orders) - (SELECT coalesce(sum(delta), 0) FROM written),
             (SELECT count(*) = %d FROM orders WHERE id <= %d)"""
          .formatted(ROWS, ROWS);

  static final String COLUMNS =
      """
      SELECT attrelid::regclass, attname, format_type(atttypid, atttypmod) FROM pg_attribute
      JOIN pg_partition_tree('orders') t ON t.relid = attrelid
      WHERE attnum > 0 AND NOT attisdropped ORDER BY 1, 2""";

  static List<MovingClient> several(int clients, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return Stream.generate(() -> new MovingClient(random.split())).limit(clients).toList();
  }

  @Override
  public void round(Statement statement, long number) throws SQLException {
    try {
      statement.execute(next());
    } catch (SQLException e) {
      // Another client moved the row at that moment; it is so without any change, too.
      if (!MOVED.equals(e.getSQLState())) {
        throw e;
      }
    }
  }

  /** One transaction: a simple query runs all its statements in one. */
  private String next() {
    int id = 1 + random.nextInt(ROWS);
    int day = random.nextInt(DAYS);
    int delta = random.nextInt(1, 1000);
    String written = "INSERT INTO written SELECT %d".formatted(delta);
    return switch (random.nextInt(5)) {
      case 0 ->
          "WITH u AS (UPDATE orders SET total = total + %d WHERE id = %d RETURNING 1) %s FROM u"
              .formatted(delta, id, written);
      case 1 -> "UPDATE orders SET day = %d WHERE id = %d".formatted(day, id);
      case 2 ->
          ("WITH u AS (UPDATE orders SET day = %d, total = total + %d WHERE id = %d RETURNING 1)"
                  + " %s FROM u")
              .formatted(day, delta, id, written);
      case 3 ->
          "WITH u AS (UPDATE orders_2 SET total = total + %d WHERE id = %d RETURNING 1) %s FROM u"
              .formatted(delta, id, written);
      default ->
          ("WITH u AS (INSERT INTO %s (day, id, total) VALUES (%d, %d, %d)"
                  + " ON CONFLICT (day, id) DO UPDATE SET total = EXCLUDED.total + %s.total RETURNING 1)"
                  + " %s FROM u")
              .formatted(
                  day < 10 ? "orders_1" : "orders",
                  day,
                  ROWS + 1 + random.nextInt(2000),
                  delta,
                  day < 10 ? "orders_1" : "orders",
                  written);
    };
  }
}
