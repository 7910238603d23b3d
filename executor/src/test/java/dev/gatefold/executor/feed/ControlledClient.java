package dev.gatefold.executor.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.journey.Journey;
import dev.gatefold.executor.traffic.Crew;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * Writes each value twice: to a column that the change replaces, and to one beside it that nobody
 * touches. So at the end each row says by itself whether a write was lost. Counts what it does.
 */
final class ControlledClient implements Crew.Client {

  static final String TABLE =
      """
      CREATE TABLE items (
        id bigint PRIMARY KEY,
        total int CHECK (total >= 0), total_is bigint,
        code text UNIQUE, code_is text,
        n int NOT NULL DEFAULT 0,
        long text);
      CREATE INDEX items_total ON items (total);
      INSERT INTO items
      SELECT i, i, i, 'c' || i, 'c' || i, 0, repeat(md5(i::text), 200)
      FROM generate_series(1, 4000) i;
      ANALYZE items;
      """;

  /** Rows in which a write was lost. */
  static final String LOST =
      """
      SELECT id, total, total_is, code, code_is FROM items
      WHERE total IS DISTINCT FROM total_is OR code IS DISTINCT FROM code_is ORDER BY id LIMIT 5""";

  private static final long KEYS = 500;

  private final SplittableRandom random;
  private final long first;
  private final Tally tally;

  /** What all of them did: rows there are more, and the sum of {@code n} that there must be. */
  static final class Tally {
    final AtomicLong rows = new AtomicLong();
    final AtomicLong updates = new AtomicLong();
  }

  private final double rest;

  private ControlledClient(SplittableRandom random, int number, Tally tally, double rest) {
    this.rest = rest;
    this.random = random;
    this.first = number * KEYS + 1;
    this.tally = tally;
  }

  /** Nothing is lost, nothing is doubled, and nothing of the feed is left. */
  static void assertWhole(Journey journey, Tally tally) throws Exception {
    assertThat(journey.rows(LOST)).isEmpty();
    assertThat(journey.rows("SELECT count(*) - 4000, sum(n) FROM items"))
        .containsExactly(tally.rows.get() + "|" + tally.updates.get());
    assertThat(
            journey.rows(
                """
                SELECT slot_name FROM pg_replication_slots WHERE database = current_database()
                UNION ALL SELECT pubname FROM pg_publication"""))
        .as("left behind")
        .isEmpty();
  }

  /** Each has keys of its own, so that it knows what becomes of them. */
  static List<ControlledClient> several(int clients, long seed, Tally tally) {
    return several(clients, seed, tally, 0.004);
  }

  /** Each rests for so many seconds a round. */
  static List<ControlledClient> several(int clients, long seed, Tally tally, double rest) {
    SplittableRandom random = new SplittableRandom(seed);
    return IntStream.range(0, clients)
        .mapToObj(number -> new ControlledClient(random.split(), number, tally, rest))
        .toList();
  }

  @Override
  public void round(Statement statement, long number) throws SQLException {
    // As a user who reads in between: clients that never do leave no time to whoever follows them.
    statement.execute("SELECT pg_sleep(%s)".formatted(rest));
    switch (random.nextInt(8)) {
      case 0 -> insert(statement, key());
      case 1 -> delete(statement, key());
      case 2 -> rekey(statement);
      case 3 -> trade(statement);
      case 4 -> again(statement);
      case 5 -> update(statement, "total = NULL, total_is = NULL, code = NULL, code_is = NULL");
      default -> {
        long value = random.nextInt(1_000_000);
        update(statement, "total = %1$d, total_is = %1$d".formatted(value));
      }
    }
  }

  private long key() {
    return first + random.nextLong(KEYS);
  }

  private void insert(Statement statement, long key) throws SQLException {
    long value = random.nextInt(1_000_000);
    tally.rows.addAndGet(
        statement.executeUpdate(
            """
            INSERT INTO items (id, total, total_is, code, code_is, long)
            VALUES (%1$d, %2$d, %2$d, 'i%1$d', 'i%1$d', repeat(md5('%2$d'), 200))
            ON CONFLICT DO NOTHING"""
                .formatted(key, value)));
  }

  private void delete(Statement statement, long key) throws SQLException {
    gone(statement, key);
  }

  private boolean gone(Statement statement, long key) throws SQLException {
    try (ResultSet deleted =
        statement.executeQuery("DELETE FROM items WHERE id = %d RETURNING n".formatted(key))) {
      if (!deleted.next()) {
        return false;
      }
      tally.rows.decrementAndGet();
      tally.updates.addAndGet(-deleted.getLong(1));
      return true;
    }
  }

  private void update(Statement statement, String set) throws SQLException {
    tally.updates.addAndGet(
        statement.executeUpdate(
            "UPDATE items SET %s, n = n + 1 WHERE id = %d".formatted(set, key())));
  }

  /** The key changes, and the value with it. */
  private void rekey(Statement statement) throws SQLException {
    tally.updates.addAndGet(
        statement.executeUpdate(
            """
            UPDATE items SET id = %1$d, total = %2$d, total_is = %2$d, n = n + 1
            WHERE id = %3$d AND NOT EXISTS (SELECT FROM items WHERE id = %1$d)"""
                .formatted(key(), random.nextInt(1_000_000), key())));
  }

  /** Two rows trade their unique values. */
  private void trade(Statement statement) throws SQLException {
    long one = key();
    long other = key();
    if (one == other) {
      return;
    }
    statement.execute("BEGIN");
    try (ResultSet codes =
        statement.executeQuery(
            "SELECT id, code FROM items WHERE id IN (%d, %d) AND code IS NOT NULL ORDER BY id"
                .formatted(one, other))) {
      if (!codes.next()) {
        statement.execute("ROLLBACK");
        return;
      }
      long lower = codes.getLong(1);
      String lowerCode = codes.getString(2);
      if (!codes.next()) {
        statement.execute("ROLLBACK");
        return;
      }
      long upper = codes.getLong(1);
      String upperCode = codes.getString(2);
      code(statement, lower, "t" + lower + "-" + upper);
      code(statement, upper, lowerCode);
      code(statement, lower, upperCode);
    }
    statement.execute("COMMIT");
    tally.updates.addAndGet(3);
  }

  private static void code(Statement statement, long id, String code) throws SQLException {
    statement.executeUpdate(
        "UPDATE items SET code = '%1$s', code_is = '%1$s', n = n + 1 WHERE id = %2$d"
            .formatted(code, id));
  }

  /** A row goes and comes again under the same key, in one transaction. */
  private void again(Statement statement) throws SQLException {
    long key = key();
    statement.execute("BEGIN");
    if (gone(statement, key)) {
      insert(statement, key);
    }
    statement.execute("COMMIT");
  }
}
