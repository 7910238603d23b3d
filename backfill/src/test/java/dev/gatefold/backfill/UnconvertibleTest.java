package dev.gatefold.backfill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatefold.backfill.BackfillOutcome.Finished;
import dev.gatefold.backfill.BackfillOutcome.Stopped;
import dev.gatefold.backfill.BackfillOutcome.Unconvertible;
import dev.gatefold.backfill.range.BadRow;
import dev.gatefold.backfill.range.Key;
import dev.gatefold.backfill.testing.Mappings;
import dev.gatefold.backfill.testing.Scene;
import dev.gatefold.planner.change.BackfillSettings;
import dev.gatefold.planner.plan.RowMapping;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Rows that the server refuses are named; errors that are no row's fault are not. */
class UnconvertibleTest {

  @Test
  void namesTheRowsWithTheServersWordsAndGoesOnWhenTheyAreMended() throws Exception {
    try (Scene scene = Scene.items(50)) {
      scene.database.execute("UPDATE item SET total = 'n/a ' || id WHERE id IN (23, 24, 30)");
      BackfillJob job = Scene.job(scene.itemMapping());
      assertThat(scene.run(job))
          .isEqualTo(
              new Unconvertible(
                  List.of(
                      bad("23", "invalid input syntax for type integer: \"...\""),
                      bad("24", "invalid input syntax for type integer: \"...\""),
                      bad("30", "invalid input syntax for type integer: \"...\""))));
      assertThat(scene.value("SELECT count(total_n) FROM item")).isEqualTo("20");

      scene.database.execute("UPDATE item SET total = '0' WHERE total LIKE 'n/a%'");
      assertThat(scene.run(job)).isEqualTo(new Finished(50));
      assertThat(scene.value("SELECT count(total_n) FROM item")).isEqualTo("50");
    }
  }

  @Test
  void aRowBeyondTheBatchDoesNotFailIt() throws Exception {
    // So small a table is best scanned whole, and the costly condition on its key tested last.
    try (Scene scene =
        Scene.with(
            """
            CREATE TABLE item (
                a integer, b integer, c integer, d integer, e integer, total text, total_n integer,
                PRIMARY KEY (a, b, c, d, e));
            INSERT INTO item SELECT i, i, i, i, i, '3' FROM generate_series(1, 30) AS i;
            UPDATE item SET total = 'x' WHERE a = 25;
            ANALYZE item;
            """)) {
      assertThat(scene.run(Scene.job(scene.itemMapping())))
          .isInstanceOfSatisfying(
              Unconvertible.class,
              it ->
                  assertThat(it.rows())
                      .extracting(BadRow::key)
                      .containsExactly(Key.of("25", "25", "25", "25", "25")));
      assertThat(scene.value("SELECT count(total_n) FROM item")).isEqualTo("20");
      assertThat(scene.waits).isEmpty();
    }
  }

  @Test
  void namesAllRowsOfTheBatch() throws Exception {
    try (Scene scene = Scene.items(40)) {
      scene.database.execute("UPDATE item SET total = 'x' WHERE id <> 20");
      RowMapping mapping = scene.itemMapping();
      BackfillJob large =
          new BackfillJob(mapping, BackfillSettings.DEFAULT, false, true, OptionalLong.empty());
      assertThat(scene.run(large))
          .isInstanceOfSatisfying(
              Unconvertible.class,
              it ->
                  assertThat(it.rows())
                      .hasSize(39)
                      .extracting(row -> row.key().toString())
                      .doesNotContain("20"));
    }
  }

  @Test
  void findsRowsThatOnlyTheWriteRefuses() throws Exception {
    try (Scene scene = Scene.items(20)) {
      scene.database.execute("ALTER TABLE item ADD CHECK (total_n <> 170)");
      BackfillOutcome outcome = scene.run(Scene.job(scene.itemMapping()));
      assertThat(outcome)
          .isInstanceOfSatisfying(
              Unconvertible.class,
              it -> {
                assertThat(it.rows()).extracting(BadRow::key).containsExactly(Key.of("17"));
                assertThat(it.rows().get(0).reason()).contains("violates check constraint");
              });
      assertThat(scene.value("SELECT count(total_n) FROM item")).isEqualTo("10");
    }
  }

  @Test
  void findsRowsThatADeferredConstraintTriggerRefuses() throws Exception {
    try (Scene scene = Scene.items(20)) {
      scene.database.execute(
          """
          CREATE FUNCTION no_seven() RETURNS trigger LANGUAGE plpgsql AS
              'BEGIN IF NEW.id = 7 THEN RAISE ''seven''; END IF; RETURN NULL; END';
          CREATE CONSTRAINT TRIGGER late AFTER UPDATE ON item DEFERRABLE INITIALLY DEFERRED
              FOR EACH ROW EXECUTE FUNCTION no_seven();
          ALTER TABLE item ENABLE ALWAYS TRIGGER late;
          """);
      assertThat(scene.run(Scene.job(scene.itemMapping())))
          .isEqualTo(new Unconvertible(List.of(bad("7", "seven"))));
    }
  }

  @Test
  void whoStopsWhileItLooksForThemHoldsNoLockForLong() throws Exception {
    try (Scene scene = Scene.items(20)) {
      scene.database.execute(
          """
          CREATE FUNCTION no_seven() RETURNS trigger LANGUAGE plpgsql AS $$
              BEGIN
                IF NEW.id = 7 THEN
                  RAISE 'ends after %', current_setting('idle_in_transaction_session_timeout');
                END IF;
                RETURN NEW;
              END $$;
          CREATE TRIGGER late BEFORE UPDATE ON item
              FOR EACH ROW EXECUTE FUNCTION no_seven();
          ALTER TABLE item ENABLE ALWAYS TRIGGER late;
          """);
      assertThat(scene.run(Scene.job(scene.itemMapping())))
          .isEqualTo(new Unconvertible(List.of(bad("7", "ends after 10s"))));
    }
  }

  @Test
  void anUnknownFunctionIsNoRowsFault() throws Exception {
    try (Scene scene = Scene.items(20)) {
      RowMapping mapping =
          Mappings.of(
              scene.database, "item", Mappings.pair("total", "total_n", "nothere(%1$s)", "%2$s"));
      assertThatThrownBy(() -> scene.run(Scene.job(mapping)))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("nothere");
    }
  }

  @Test
  void aDroppedColumnStopsIt() throws Exception {
    try (Scene scene = Scene.items(20)) {
      BackfillJob job = Scene.job(scene.itemMapping());
      scene.database.execute("ALTER TABLE item DROP COLUMN total_n");
      assertThat(scene.run(job))
          .isInstanceOfSatisfying(Stopped.class, it -> assertThat(it.reason()).contains("total_n"));
    }
  }

  @Test
  void aMissingRightIsNoRowsFault() throws Exception {
    try (Scene scene = Scene.items(20);
        Connection connection = scene.database.connectAsSuperuser();
        Statement statement = connection.createStatement()) {
      String role = "reader_" + scene.database.name();
      statement.execute("CREATE ROLE " + role);
      statement.execute("GRANT SELECT ON item TO " + role);
      statement.execute(
          "GRANT ALL ON owner TO %1$s; GRANT USAGE ON SCHEMA gatefold TO %1$s;".formatted(role)
              + "GRANT ALL ON ALL TABLES IN SCHEMA gatefold TO "
              + role);
      statement.execute("SET ROLE " + role);
      BackfillJob job =
          new BackfillJob(
              scene.itemMapping(), BackfillSettings.DEFAULT, false, false, OptionalLong.empty());
      assertThatThrownBy(() -> scene.run(connection, job))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("permission denied");
      statement.execute("RESET ROLE; DROP OWNED BY " + role + "; DROP ROLE " + role);
    }
  }

  @Test
  void ofTwoRowsThatFailOnlyTogetherTheSecondIsNamed() throws Exception {
    try (Scene scene = Scene.items(2)) {
      scene.database.execute("UPDATE item SET total = '5'; CREATE UNIQUE INDEX ON item (total_n)");
      BackfillJob job = Scene.job(scene.itemMapping());
      assertThat(scene.run(job))
          .isInstanceOfSatisfying(
              Unconvertible.class,
              it -> assertThat(it.rows()).extracting(BadRow::key).containsExactly(Key.of("2")));
    }
  }

  private static BadRow bad(String key, String reason) {
    return new BadRow(Key.of(key), reason);
  }
}
