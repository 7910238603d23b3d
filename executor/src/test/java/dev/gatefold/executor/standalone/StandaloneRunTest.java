package dev.gatefold.executor.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatefold.executor.LiveRollouts;
import dev.gatefold.executor.database.DatabaseUrl;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.standalone.Run.State;
import dev.gatefold.planner.change.ChangeName;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** One run in the foreground: what it writes, where it stops, and how it goes on. */
class StandaloneRunTest {

  private static final String COUNTRY =
      "{backfill: x, table: item, set: {country: \"coalesce(country, 'DE')\"}}";

  @Test
  void everyRowGetsItsValueAndOnlyOnce() throws SQLException {
    try (Fills fills = Fills.items(2000)) {
      fills.sql("UPDATE item SET country = 'FR' WHERE id > 1990");
      assertThat(fills.run(COUNTRY)).isInstanceOf(Outcome.Done.class);
      assertThat(fills.rows("SELECT country, count(*) FROM item GROUP BY 1 ORDER BY 1"))
          .containsExactly("DE|1990", "FR|10");
      assertThat(fills.standing().last().orElseThrow().rowsDone()).isEqualTo(2000);

      // A second run finds every row as it shall be, and writes none.
      String versions = "SELECT md5(string_agg(xmin::text, ',' ORDER BY id)) FROM item";
      String before = fills.rows(versions).get(0);
      assertThat(fills.run(COUNTRY)).isInstanceOf(Outcome.Done.class);
      assertThat(fills.rows(versions)).containsExactly(before);
      assertThat(fills.states()).containsExactly("done", "done");
      assertThat(fills.standing().last().orElseThrow().actor())
          .isEqualTo(fills.journey().database().role());
    }
  }

  @Test
  void fromRowsThatAreNotMeantNothingIsComputed() throws SQLException {
    try (Fills fills = Fills.items(100)) {
      fills.sql("ALTER TABLE item ADD n int; UPDATE item SET note = 'x' WHERE id % 2 = 0");
      assertThat(
              fills.run(
                  "{backfill: x, table: item, set: {n: \"note::int\"}, where: \"note ~ '^\\\\d+$'\"}"))
          .isInstanceOf(Outcome.Done.class);
      assertThat(fills.rows("SELECT count(n), count(*) FILTER (WHERE n = id) FROM item"))
          .containsExactly("50|50");
    }
  }

  @Test
  void rowsThatCannotBeConvertedAreKeptWhereTheFileSaysSo() throws SQLException {
    String file = "{backfill: x, table: item, set: {n: \"note::int\"}, on_bad_row: keep}";
    try (Fills fills = Fills.items(300)) {
      fills.sql("ALTER TABLE item ADD n int; UPDATE item SET note = id::text");
      fills.sql("UPDATE item SET note = 'n/a' WHERE id IN (7, 300)");
      assertThat(fills.run(file))
          .isInstanceOfSatisfying(
              Outcome.Stopped.class,
              it ->
                  assertThat(it.rows())
                      .extracting(row -> row.key().toString())
                      .containsExactlyInAnyOrder("7", "300"));
      assertThat(fills.rows("SELECT count(*) FROM item WHERE n = id")).containsExactly("298");

      fills.sql("UPDATE item SET note = id::text");
      assertThat(fills.run(file)).isInstanceOf(Outcome.Done.class);
      assertThat(fills.rows("SELECT count(*) FROM item WHERE n = id")).containsExactly("300");
    }
  }

  @Test
  void aVolatileValueIsComputedOnceForEachRow() throws SQLException {
    try (Fills fills = Fills.items(500)) {
      fills.sql("CREATE SEQUENCE counter; ALTER TABLE item ADD n bigint");
      assertThat(fills.run("{backfill: x, table: item, set: {n: \"nextval('counter')\"}}"))
          .isInstanceOf(Outcome.Done.class);
      assertThat(fills.rows("SELECT count(DISTINCT n), max(n) FROM item"))
          .containsExactly("500|500");
    }
  }

  @Test
  void aValueMayComeFromAnotherTable() throws SQLException {
    try (Fills fills = Fills.items(100)) {
      fills.sql(
          "CREATE TABLE place AS SELECT i AS item, 'p' || i AS name FROM generate_series(1, 90) i");
      assertThat(
              fills.run(
                  "{backfill: x, table: item, set: {country: \"(SELECT p.name FROM place p WHERE p.item = id)\"}}"))
          .isInstanceOf(Outcome.Done.class);
      assertThat(fills.rows("SELECT count(*) FROM item WHERE country = 'p' || id"))
          .containsExactly("90");
    }
  }

  @Test
  void aRowThatCannotBeWrittenIsNamedAndTheSameCommandGoesOn() throws SQLException {
    try (Fills fills = Fills.items(100)) {
      fills.sql("ALTER TABLE item ADD n int; UPDATE item SET note = 'x' WHERE id = 57");
      String file =
          "{backfill: x, table: item, set: {n: \"note::int\"}, max_rows_per_second: 1000}";
      assertThat(fills.run(file))
          .isInstanceOfSatisfying(
              Outcome.Stopped.class,
              it -> assertThat(it.rows().get(0).key().values()).containsExactly("57"));
      assertThat(fills.standing().last().orElseThrow().state()).isEqualTo(State.FAILED);
      assertThat(fills.standing().last().orElseThrow().outcome().orElseThrow()).contains("57");
      fills.sql("UPDATE item SET note = '57' WHERE id = 57");
      assertThat(fills.run(file)).isInstanceOf(Outcome.Done.class);
      assertThat(fills.states()).containsExactly("done");
      assertThat(fills.rows("SELECT count(*) FROM item WHERE n = id")).containsExactly("100");
    }
  }

  @Test
  void anotherFileIsAnotherRun() throws SQLException {
    try (Fills fills = Fills.items(10)) {
      fills.sql("ALTER TABLE item ADD n int; UPDATE item SET note = 'x' WHERE id = 5");
      assertThat(fills.run("{backfill: x, table: item, set: {n: \"note::int\"}}"))
          .isInstanceOf(Outcome.Stopped.class);
      assertThat(fills.run("{backfill: x, table: item, set: {n: \"id\"}}"))
          .isInstanceOf(Outcome.Done.class);
      assertThat(fills.states()).containsExactly("failed", "done");
    }
  }

  @Test
  void cancelledItEndsAfterItsBatch() throws SQLException {
    try (Fills fills = Fills.items(30);
        LiveRollouts other =
            LiveRollouts.open(DatabaseUrl.parse(fills.journey().database().url()))) {
      Outcome outcome =
          fills.run(
              "{backfill: x, table: item, set: {country: \"'DE'\"}, max_rows_per_second: 10}",
              progress -> {
                if (progress.rowsDone() == 10) {
                  cancel(other.backfills());
                }
              });
      assertThat(outcome)
          .isInstanceOfSatisfying(
              Outcome.Stopped.class, it -> assertThat(it.message()).contains("cancelled by"));
      assertThat(fills.rows("SELECT count(country) FROM item")).containsExactly("10");
      assertThat(fills.states()).containsExactly("cancelled");
      // It is over: the same command begins anew.
      assertThat(fills.run(COUNTRY)).isInstanceOf(Outcome.Done.class);
    }
  }

  private static void cancel(Backfills backfills) {
    try {
      assertThat(backfills.cancel(new ChangeName("x")))
          .isInstanceOfSatisfying(
              Outcome.Done.class, it -> assertThat(it.message()).contains("ends after its batch"));
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void whatNobodyKnowsCannotBeCancelled() throws SQLException {
    try (Fills fills = Fills.items(1)) {
      assertThat(fills.backfills().cancel(new ChangeName("y")))
          .isInstanceOf(Outcome.OutOfOrder.class);
      assertThat(fills.backfills().list()).isEmpty();
    }
  }

  @Test
  void aTableThatIsMadeAnewStopsItAndItIsPlannedOnceMore() throws SQLException {
    try (Fills fills = Fills.items(30)) {
      String file = "{backfill: x, table: item, set: {country: \"'DE'\"}, max_rows_per_second: 10}";
      Outcome outcome =
          fills.run(
              file,
              progress -> {
                if (progress.rowsDone() == 10) {
                  rename(fills);
                }
              });
      assertThat(outcome).isInstanceOf(Outcome.Stopped.class);
      fills.sql("CREATE TABLE item (id bigint PRIMARY KEY, country text)");
      assertThat(fills.run(file)).isInstanceOf(Outcome.Done.class);
      assertThat(fills.states()).containsExactly("done");
    }
  }

  private static void rename(Fills fills) {
    try {
      fills.sql("ALTER TABLE item RENAME TO other");
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void withoutTheSchemaGatefoldNothingIsDone() throws SQLException {
    try (Fills fills = Fills.items(1)) {
      fills.sql("DROP SCHEMA gatefold CASCADE");
      assertThat(fills.backfills().list()).isEmpty();
      assertThatThrownBy(() -> fills.run(COUNTRY)).isInstanceOf(SQLException.class);
    }
  }
}
