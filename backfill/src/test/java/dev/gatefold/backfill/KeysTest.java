package dev.gatefold.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.backfill.BackfillOutcome.Finished;
import dev.gatefold.backfill.BackfillOutcome.Stopped;
import dev.gatefold.backfill.testing.Mappings;
import dev.gatefold.backfill.testing.Scene;
import dev.gatefold.planner.plan.RowMapping;
import java.sql.Connection;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys of any shape and type find their way to text and back. */
class KeysTest {

  @Test
  void aCompositeKeyInAnotherOrderThanItsColumns() throws Exception {
    try (Scene scene =
        Scene.with(
            """
            CREATE TABLE item (a integer, b text, total text, total_n integer, PRIMARY KEY (b, a));
            INSERT INTO item SELECT a, b, '3' FROM generate_series(1, 15) AS a,
                unnest(ARRAY['x', 'Y', 'it''s "q"', 'ü,{}\\', '']) AS b;
            """)) {
      assertEachRowOnce(scene, scene.itemMapping(), 75);
    }
  }

  @Test
  void namesThatNeedQuotes() throws Exception {
    try (Scene scene =
        Scene.with(
            """
            CREATE SCHEMA "My ?";
            CREATE TABLE "My ?"."Order ""Item"" x" (
                "select" integer PRIMARY KEY, "Old ?" text, "new"" n" integer);
            INSERT INTO "My ?"."Order ""Item"" x" SELECT i, '3' FROM generate_series(1, 25) AS i;
            """)) {
      RowMapping mapping =
          Mappings.of(
              scene.database,
              "\"My ?\".\"Order \"\"Item\"\" x\"",
              Mappings.integer("Old ?", "new\" n"));
      assertThat(scene.run(Scene.job(mapping))).isEqualTo(new Finished(25));
      assertThat(scene.value("SELECT count(\"new\"\" n\") FROM \"My ?\".\"Order \"\"Item\"\" x\""))
          .isEqualTo("25");
    }
  }

  @Test
  void aPartitionedTable() throws Exception {
    try (Scene scene =
        Scene.with(
            """
            CREATE TABLE item (id integer, day integer, total text, total_n integer,
                PRIMARY KEY (day, id)) PARTITION BY RANGE (day);
            CREATE TABLE item_1 PARTITION OF item FOR VALUES FROM (0) TO (3);
            CREATE TABLE item_2 PARTITION OF item FOR VALUES FROM (3) TO (9);
            INSERT INTO item SELECT i, i % 7, '3' FROM generate_series(1, 45) AS i;
            """)) {
      assertEachRowOnce(scene, scene.itemMapping(), 45);
    }
  }

  @Test
  void aQuestionMarkIsAnOperatorOfJsonb() throws Exception {
    try (Scene scene =
        Scene.with(
            """
            CREATE TABLE item (id integer PRIMARY KEY, total jsonb, total_n integer);
            INSERT INTO item VALUES (1, '{"?": 1}'), (2, '{"it''s": 1}');
            """)) {
      RowMapping mapping =
          Mappings.of(
              scene.database,
              "item",
              Mappings.pair("total", "total_n", "CASE WHEN %1$s ? '?' THEN 1 ELSE 2 END", "%1$s"));
      assertThat(scene.run(Scene.job(mapping))).isEqualTo(new Finished(2));
      assertThat(scene.database.queryLines("SELECT total_n FROM item ORDER BY id"))
          .containsExactly("1", "2");
    }
  }

  @Test
  void aKeyWhoseOrderTheSearchPathHidesIsRefused() throws Exception {
    try (Scene scene =
        Scene.with(
            """
            CREATE SCHEMA ext;
            CREATE EXTENSION citext SCHEMA ext;
            CREATE TABLE item (id ext.citext PRIMARY KEY, total text, total_n integer);
            INSERT INTO item SELECT chr(64 + i + (i % 2) * 32), '3' FROM generate_series(1, 25) AS i;
            """)) {
      assertThat(scene.run(Scene.job(scene.itemMapping())))
          .isInstanceOfSatisfying(
              Stopped.class, it -> assertThat(it.reason()).contains("schema ext"));
      scene.database.execute(
          "ALTER DATABASE " + scene.database.name() + " SET search_path = public, ext");
      assertThat(scene.run(Scene.job(scene.itemMapping()))).isEqualTo(new Finished(25));
      assertThat(scene.value("SELECT count(total_n) FROM item")).isEqualTo("25");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "uuid ~ md5(i::text)::uuid",
        "timestamptz ~ timestamptz '2024-03-31 00:00+00' + i * interval '7 minutes 0.000001 s'",
        "date ~ date '2024-01-20' + i",
        "numeric ~ i / 7.0",
        "numeric(10,3) ~ i / 8.0",
        "double precision ~ CASE i WHEN 1 THEN '-Infinity' WHEN 2 THEN 'NaN' ELSE i / 7.0 END",
        "real ~ (i / 7.0)::real",
        "bytea ~ decode(md5(i::text), 'hex')",
        "interval ~ i * interval '-1 day -3 hours'",
        "varchar(40) ~ md5(i::text)",
        "char(40) ~ 'a' || i",
        "text COLLATE \"C\" ~ chr(90 - i) || i",
        "name ~ ('n' || i)::name",
        "inet ~ '10.0.0.0'::inet + i",
        "boolean[] ~ ARRAY[i % 2 = 0, i % 3 = 0, i % 5 = 0, i % 7 = 0, i > 11, i > 22]",
        "bigint[] ~ ARRAY[i % 3, i]",
        "int4range ~ int4range(i, i + 5)",
        "bit(6) ~ i::bit(6)",
      })
  void everyTypeOfKeyGoesOnInASessionOfOtherSettings(String type, String value) throws Exception {
    try (Scene scene =
        Scene.with(
            """
            CREATE TABLE item (id %s PRIMARY KEY, total text, total_n integer);
            INSERT INTO item (id, total) SELECT %s, '3' FROM generate_series(1, 35) AS i
            ON CONFLICT DO NOTHING;
            """
                .formatted(type, value))) {
      int rows = Integer.parseInt(scene.value("SELECT count(*) FROM item"));
      assertThat(rows).isGreaterThan(20);
      scene.afterBatch(
          batch -> {
            if (batch == 1) {
              scene.fence.set("paused");
            }
          });
      runWith(scene, "SET DateStyle = 'ISO, DMY'; SET IntervalStyle = 'sql_standard'");
      scene.fence.set("holding");
      runWith(scene, "SET TimeZone = 'America/New_York'; SET extra_float_digits = 0");
      assertThat(scene.value("SELECT count(total_n) FROM item")).isEqualTo("" + rows);
      assertThat(scene.checkpoints.committed().orElseThrow().rowsDone()).isEqualTo(rows);
    }
  }

  private static void runWith(Scene scene, String settings) throws Exception {
    try (Connection connection = scene.database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(settings);
      scene.run(connection, Scene.job(scene.itemMapping()));
    }
  }

  private static void assertEachRowOnce(Scene scene, RowMapping mapping, int rows)
      throws Exception {
    assertThat(scene.run(Scene.job(mapping))).isEqualTo(new Finished(rows));
    assertThat(scene.value("SELECT count(*) FROM item WHERE total_n = 3")).isEqualTo("" + rows);
    assertThat(scene.progress).hasSize((rows + 9) / 10);
  }
}
