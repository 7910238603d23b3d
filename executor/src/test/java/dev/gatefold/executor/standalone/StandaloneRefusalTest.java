package dev.gatefold.executor.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.outcome.Outcome;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused before a row is written. */
class StandaloneRefusalTest {

  private static Fills fills;

  @BeforeAll
  static void start() throws SQLException {
    fills =
        Fills.on(
            """
            CREATE TABLE t (id int PRIMARY KEY, a text, b text, g text GENERATED ALWAYS AS (a) STORED);
            CREATE TABLE keyless (a text);
            CREATE TABLE parts (id int, day date, a text, PRIMARY KEY (id, day)) PARTITION BY RANGE (day);
            CREATE TABLE part PARTITION OF parts FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
            CREATE VIEW v AS SELECT * FROM t;
            CREATE TABLE child (id int PRIMARY KEY, t_id int REFERENCES t, other text);
            CREATE TABLE audited (id int PRIMARY KEY, a text, b text);
            CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS
              $$ BEGIN NEW.b := 'stamped'; RETURN NEW; END $$;
            CREATE TRIGGER stamp BEFORE UPDATE OF a ON audited FOR EACH ROW EXECUTE FUNCTION stamp();
            INSERT INTO audited VALUES (1);
            INSERT INTO t (id) VALUES (1);
            INSERT INTO child VALUES (1, 1);
            """);
  }

  @AfterAll
  static void end() throws SQLException {
    fills.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "table: nowhere, set: {a: 1} ! no-such-table ! there is no such table",
        "table: t, set: {c: 1} ! no-such-column ! no such column",
        "table: t, set: {g: 1} ! generated-column ! is generated",
        "table: t, set: {a: 'b +'} ! server-refuses ! syntax error",
        "table: t, set: {a: 'c'} ! server-refuses ! column \"c\" does not exist",
        "table: t, set: {a: 'max(b)'} ! server-refuses ! aggregate",
        "table: t, set: {a: 'b) , (b'} ! server-refuses ! unbalanced",
        "table: t, set: {a: 'b; DROP TABLE t'} ! server-refuses ! semicolon",
        "table: t, set: {a: 1}, where: b ! server-refuses ! must be type boolean",
        "table: t, set: {a: 1}, where: 'true) OR (true' ! server-refuses ! unbalanced",
        "table: t, set: {id: id} ! key-column ! every unique key",
        "table: keyless, set: {a: 1} ! no-key ! no unique key",
        "table: parts, set: {day: day} ! partition-key ! in which partition",
        "table: part, set: {a: 1} ! partition ! is a partition",
        "table: v, set: {a: 1} ! not-a-table ! it is a view",
        "table: gatefold.rollout, set: {file: 1} ! system-table ! Gatefold itself",
        "table: audited, set: {a: 1} ! user-triggers ! does not say whether these triggers shall fire when the backfill writes a row: stamp; with",
        "table: child, set: {t_id: 7}, user_triggers: skip ! foreign-key-unchecked ! child_t_id_fkey",
        "table: t, set: {b: 'a || b'}, moved_rows: look ! moved-rows ! value of b may depend on what is set",
        "table: t, set: {b: '(SELECT max(o.a) FROM t o)'}, moved_rows: look ! moved-rows ! value of b may depend",
        "table: t, set: {b: 'now()::text'}, moved_rows: look ! moved-rows ! or on the time",
        "table: t, set: {b: current_date}, moved_rows: look ! moved-rows ! or on the time",
        "table: t, set: {b: 'random()::text'}, moved_rows: look ! moved-rows ! differs from call to call",
        "table: t, set: {b: a}, where: 'random() < 0.5', moved_rows: look ! moved-rows ! other rows from call to call",
        "table: audited, set: {a: 1}, user_triggers: fire, moved_rows: look ! moved-rows ! the trigger stamp"
      })
  void saysWhatStandsInTheWay(String file, String code, String message) throws SQLException {
    assertThat(fills.run("{backfill: x, " + file + "}"))
        .isInstanceOfSatisfying(
            Outcome.Refused.class,
            it ->
                assertThat(it.refusal().reasons())
                    .anySatisfy(
                        reason -> {
                          assertThat(reason.code()).isEqualTo(code);
                          assertThat(reason.message()).contains(message);
                          assertThat(reason.cure()).isNotBlank();
                        }));
    assertThat(fills.backfills().list())
        .noneMatch(standing -> standing.backfill().name().value().equals("x"));
  }

  @Test
  void triggersFireOrNotAsTheFileSays() throws SQLException {
    assertThat(fills.run("{backfill: skips, table: audited, set: {a: 1}, user_triggers: skip}"))
        .isInstanceOf(Outcome.Done.class);
    assertThat(fills.rows("SELECT a, b FROM audited")).containsExactly("1|null");
    // Whom the trigger does not concern need not choose.
    assertThat(fills.run("{backfill: spares, table: audited, set: {b: 2}}"))
        .isInstanceOf(Outcome.Done.class);
    assertThat(fills.run("{backfill: fires, table: audited, set: {a: 3}, user_triggers: fire}"))
        .isInstanceOf(Outcome.Done.class);
    assertThat(fills.rows("SELECT a, b FROM audited")).containsExactly("3|stamped");
  }

  @Test
  void whereNobodyChoseForeignKeysAreChecked() throws SQLException {
    assertThat(fills.run("{backfill: refers, table: child, set: {t_id: 7}}"))
        .isInstanceOfSatisfying(
            Outcome.Stopped.class,
            it -> assertThat(it.rows().get(0).reason()).contains("foreign key"));
    assertThat(fills.rows("SELECT t_id FROM child")).containsExactly("1");
  }
}
