package dev.gatefold.planner.hazard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatefold.planner.Planner;
import dev.gatefold.planner.catalog.CatalogReader;
import dev.gatefold.planner.change.Change;
import dev.gatefold.planner.change.ChangeFile;
import dev.gatefold.planner.dialect.postgres.PostgresDialect;
import dev.gatefold.planner.hazard.Weight.By;
import dev.gatefold.planner.plan.Hazard.Severity;
import dev.gatefold.planner.schema.Schema;
import dev.gatefold.testing.TestDatabase;
import java.sql.Connection;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A hazard is the graver the larger or the busier the table is. */
final class WeightTest {

  @ParameterizedTest
  @CsvSource({
    "NOTE, -1, NOTE",
    "NOTE, 1, WARNING",
    "WARNING, -1, NOTE",
    "WARNING, 0, WARNING",
    "WARNING, 1, DANGER",
    "DANGER, -1, WARNING",
    "DANGER, 1, DANGER"
  })
  void oneStepUpOrDown(Severity usual, int weight, Severity severity) {
    assertThat(new Weight(weight, 0).severity(usual, By.SIZE)).isEqualTo(severity);
    assertThat(new Weight(0, weight).severity(usual, By.TRAFFIC)).isEqualTo(severity);
    assertThat(new Weight(weight, weight).severity(usual, By.NOTHING)).isEqualTo(usual);
    assertThat(new Weight(weight, 0).severity(usual, By.TRAFFIC)).isEqualTo(usual);
  }

  @Test
  void aLiveTableIsWeighed() throws Exception {
    try (TestDatabase database = TestDatabase.create()) {
      database.execute("CREATE TABLE t (a int, b text)");
      assertThat(weight(database)).isEqualTo(new Weight(-1, -1));
      assertThat(severity(database, "prepared-select-star")).isEqualTo(Severity.NOTE);
      assertThat(severity(database, "backfill-writes")).isEqualTo(Severity.NOTE);

      database.execute("INSERT INTO t SELECT i FROM generate_series(1, 9999) i; ANALYZE t");
      assertThat(weight(database).size()).isEqualTo(-1);
      await().atMost(Duration.ofMinutes(1)).until(() -> weight(database).traffic() == 0);
      database.execute("INSERT INTO t VALUES (0); ANALYZE t");
      assertThat(weight(database).size()).isZero();

      database.execute("INSERT INTO t SELECT i FROM generate_series(10001, 1000000) i; ANALYZE t");
      assertThat(weight(database).size()).isEqualTo(1);
      await().atMost(Duration.ofMinutes(1)).until(() -> weight(database).traffic() == 1);
      assertThat(severity(database, "prepared-select-star")).isEqualTo(Severity.DANGER);
      assertThat(severity(database, "backfill-writes")).isEqualTo(Severity.WARNING);
      assertThat(severity(database, "drop-is-final")).isEqualTo(Severity.NOTE);
    }
  }

  @Test
  void bytesWeighWhereRowsAreNotKnown() throws Exception {
    try (TestDatabase database = TestDatabase.create()) {
      database.execute(
          "CREATE TABLE t (a int, b text); ALTER TABLE t ALTER b SET STORAGE PLAIN;"
              + "INSERT INTO t SELECT i, repeat('x', 7000) FROM generate_series(1, 3000) i");
      assertThat(weight(database).size()).isZero();
    }
  }

  @Test
  void whereTheServerDoesNotCountTrafficWeighsNeitherWay() throws Exception {
    try (TestDatabase database = TestDatabase.create()) {
      database.asSuperuser("ALTER DATABASE " + database.name() + " SET track_counts = off");
      database.execute("CREATE TABLE t (a int, b text)");
      assertThat(weight(database).traffic()).isZero();
    }
  }

  private static Weight weight(TestDatabase database) throws Exception {
    return Weight.of(schema(database).tables().get(0));
  }

  private static Severity severity(TestDatabase database, String code) throws Exception {
    return new Planner(new PostgresDialect())
        .plan(schema(database), change())
        .match(
            plan ->
                plan.hazards().stream()
                    .filter(hazard -> hazard.code().equals(code))
                    .findFirst()
                    .orElseThrow()
                    .severity(),
            refusal -> {
              throw new AssertionError(refusal.reasons());
            });
  }

  private static Schema schema(TestDatabase database) throws Exception {
    try (Connection connection = database.connect()) {
      return new CatalogReader(connection).read(change());
    }
  }

  private static Change change() throws Exception {
    return ChangeFile.read(
        "x", "{change: x, operations: [{rename_column: {table: t, column: a, to: z}}]}");
  }
}
