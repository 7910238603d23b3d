package dev.gatefold.executor.adversarial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.journey.Journey;
import dev.gatefold.executor.traffic.Crew;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** The application at work: several clerks that write the table {@code orders} without pause. */
final class Desk implements AutoCloseable {

  /** Rows that are there from the start, with ids from 1 on. */
  static final int ROWS = 3_000;

  private static final int CLERKS = 3;

  private final Journey journey;
  private final List<Clerk> clerks;
  private final Crew crew;
  private volatile String column;

  /** Opens with the version of the application that calls the column so. */
  Desk(Journey journey, String column) {
    this.journey = journey;
    this.column = column;
    this.clerks =
        IntStream.range(0, CLERKS)
            .mapToObj(number -> new Clerk(number, CLERKS, () -> this.column))
            .toList();
    this.crew = Crew.start(journey.database(), clerks);
  }

  /** The table; {@code id} tells rows apart but need not be the key. */
  static String orders(String id, String key) {
    return """
    CREATE TABLE orders (%s, part int, email text NOT NULL, note text, %s);
    CREATE INDEX orders_email ON orders (email);
    INSERT INTO orders (part, email) SELECT i %% 7, 'm' || i FROM generate_series(1, %d) i;
    ANALYZE orders;
    """
        .formatted(id, key, ROWS);
  }

  /** Deploys another version, and comes back once no clerk works with the one before. */
  void deploy(String newColumn) {
    column = newColumn;
    workOn();
  }

  void workOn() {
    crew.workOn();
  }

  /** Ends the day: no statement failed, and every row is as its clerk left it. */
  void assertNothingLost(String readColumn) throws Exception {
    assertThat(crew.finished()).isPositive();
    Map<Long, String> expected = new TreeMap<>();
    for (long id = 1; id <= ROWS; id++) {
      expected.put(id, "m" + id);
    }
    clerks.forEach(clerk -> expected.putAll(clerk.written()));
    assertThat(journey.rows("SELECT id, %s FROM orders".formatted(readColumn)))
        .containsExactlyInAnyOrderElementsOf(
            expected.entrySet().stream().map(row -> row.getKey() + "|" + row.getValue()).toList());
  }

  @Override
  public void close() {
    crew.close();
  }
}
