package dev.gatefold.executor.adversarial;

import dev.gatefold.executor.traffic.Crew;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;

/**
 * One client of the application: it writes rows that are its own, reads each back at once, and
 * knows what must be in them. A value that is not what it wrote is an error.
 */
final class Clerk implements Crew.Client {

  private final int number;
  private final int of;
  private final Supplier<String> column;
  private final SplittableRandom random;
  private final Map<Long, String> written = new ConcurrentSkipListMap<>();

  /**
   * {@code column} is asked before each round: it says which version of the application this is.
   */
  Clerk(int number, int of, Supplier<String> column) {
    this.number = number;
    this.of = of;
    this.column = column;
    this.random = new SplittableRandom(number);
  }

  /** What must be in its rows, by key; a row that it deleted is not among them. */
  Map<Long, String> written() {
    return written;
  }

  @Override
  public void round(Statement statement, long round) throws SQLException {
    String name = column.get();
    long id = 1 + number + (long) of * random.nextInt(Desk.ROWS / of);
    String value = "w%d-%d".formatted(number, round);
    String update = "UPDATE orders SET %s = '%s' WHERE id = %d".formatted(name, value, id);
    if (statement.executeUpdate(update) != 1) {
      throw new SQLException("row %d is not there".formatted(id));
    }
    written.put(id, value);
    if (!value.equals(read(statement, name, id))) {
      throw new SQLException("row %d has not the value that was just written".formatted(id));
    }
    statement.execute("UPDATE orders SET note = '%s' WHERE id = %d".formatted(value, id));
    long own = 1_000_000L * (number + 1) + round;
    statement.execute(
        "INSERT INTO orders (id, part, %s) VALUES (%d, %d, '%s')"
            .formatted(name, own, own % 7, value));
    written.put(own, value);
    if (random.nextInt(3) == 0) {
      statement.execute("DELETE FROM orders WHERE id = " + own);
      written.remove(own);
    }
  }

  private static String read(Statement statement, String name, long id) throws SQLException {
    try (ResultSet row =
        statement.executeQuery("SELECT %s FROM orders WHERE id = %d".formatted(name, id))) {
      return row.next() ? String.valueOf(row.getString(1)) : "nothing";
    }
  }
}
