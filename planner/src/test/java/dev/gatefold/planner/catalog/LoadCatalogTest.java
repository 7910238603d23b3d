package dev.gatefold.planner.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatefold.planner.schema.Load;
import dev.gatefold.planner.schema.Load.Traffic;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How large a table is and how much it is used, as the server counts. */
final class LoadCatalogTest {

  private static CatalogFixture fixture;

  @BeforeAll
  static void start() throws SQLException {
    fixture = new CatalogFixture();
  }

  @AfterAll
  static void stop() throws SQLException {
    fixture.close();
  }

  @Test
  void rowsThatWereWrittenAndScansAreCounted() throws SQLException {
    fixture.reset("CREATE TABLE t (a int PRIMARY KEY, b text)");
    assertThat(traffic("t").rowsWritten()).isZero();
    fixture.execute("INSERT INTO t SELECT i, repeat('x', 100) FROM generate_series(1, 1000) i");
    fixture.execute("UPDATE t SET b = '' WHERE a <= 30");
    fixture.execute("DELETE FROM t WHERE a = 7");
    // The server tells what it counted when a session ends, some versions a little later.
    await().atMost(Duration.ofMinutes(1)).until(() -> traffic("t").rowsWritten() == 1031);
    assertThat(traffic("t").scans()).isPositive();
    assertThat(fixture.table("t").load().bytes()).isBetween(100_000L, 1_000_000L);
  }

  @Test
  void partitionsCountForTheWhole() throws SQLException {
    fixture.reset(
        """
        CREATE TABLE t (a int) PARTITION BY RANGE (a);
        CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO (10);
        CREATE TABLE t2 PARTITION OF t FOR VALUES FROM (10) TO (20) PARTITION BY RANGE (a);
        CREATE TABLE t3 PARTITION OF t2 FOR VALUES FROM (10) TO (20);
        INSERT INTO t SELECT generate_series(1, 19);
        """);
    await().atMost(Duration.ofMinutes(1)).until(() -> traffic("t").rowsWritten() == 19);
    assertThat(fixture.table("t").load().bytes()).isEqualTo(2 * 8192);
  }

  @Test
  void aViewWeighsNothing() throws SQLException {
    fixture.reset("CREATE TABLE t (a int); CREATE VIEW v AS SELECT a FROM t");
    assertThat(fixture.table("v").load().bytes()).isZero();
  }

  @Test
  void theTimeIsThatSinceTheServerBeganToCount() throws SQLException {
    fixture.reset("CREATE TABLE t (a int)");
    fixture.database().asSuperuser("SELECT pg_stat_reset()");
    await().atMost(Duration.ofMinutes(1)).until(() -> traffic("t").seconds() < 60);
  }

  @Test
  void whereTheServerDoesNotCountNothingIsClaimed() throws SQLException {
    fixture.reset("CREATE TABLE t (a int)");
    String name = fixture.database().name();
    fixture.database().asSuperuser("ALTER DATABASE " + name + " SET track_counts = off");
    try {
      assertThat(fixture.table("t").load().traffic()).isEmpty();
    } finally {
      fixture.database().asSuperuser("ALTER DATABASE " + name + " RESET track_counts");
    }
  }

  @ParameterizedTest
  @CsvSource({"3600, 60, 3600", "100, 0, 100", "100, 3600, 100", "100, 7200, 50"})
  void lessThanAnHourCountsAsOne(long rows, long seconds, long perHour) {
    assertThat(new Traffic(rows, 0, seconds).rowsWrittenPerHour()).isEqualTo(perHour);
    assertThat(new Traffic(0, rows, seconds).scansPerHour()).isEqualTo(perHour);
  }

  private static Traffic traffic(String table) throws SQLException {
    Load load = fixture.table(table).load();
    return load.traffic().orElseThrow();
  }
}
