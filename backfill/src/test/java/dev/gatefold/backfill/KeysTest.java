package dev.gatefold.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.backfill.BackfillOutcome.Finished;
import dev.gatefold.backfill.BackfillOutcome.Stopped;
import dev.gatefold.backfill.testing.Mappings;
import dev.gatefold.backfill.testing.Scene;
import dev.gatefold.planner.name.Identifier;
import dev.gatefold.planner.plan.RowMapping;
import dev.gatefold.planner.schema.UniqueKey.KeyColumn;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
        "timestamptz ~ CASE i WHEN 3 THEN 'infinity' WHEN 4 THEN '-infinity' WHEN 5 THEN '0044-03-15 12:00:00.000001+00 BC' ELSE timestamptz '2024-10-27 00:00+00' + i * interval '7 minutes' END",
        "date ~ date '2024-01-20' + i",
        "numeric ~ i / 7.0",
        "numeric ~ CASE i WHEN 1 THEN 'NaN' WHEN 2 THEN 'Infinity' WHEN 3 THEN '-Infinity' ELSE i / 7.0 END",
        "numeric(10,3) ~ i / 8.0",
        "double precision ~ CASE i WHEN 1 THEN '-Infinity' WHEN 2 THEN 'NaN' ELSE i / 7.0 END",
        "real ~ (i / 7.0)::real",
        "bytea ~ decode(md5(i::text), 'hex')",
        "interval ~ i * interval '-1 day -3 hours'",
        "varchar(40) ~ md5(i::text)",
        "char(40) ~ 'a' || i",
        "char(3) ~ i",
        "text COLLATE \"C\" ~ chr(90 - i) || i",
        "bigint GENERATED ALWAYS AS IDENTITY ~ i",
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
            INSERT INTO item (id, total) OVERRIDING SYSTEM VALUE SELECT %s, '3' FROM generate_series(1, 35) AS i
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
      assertThat(scene.tables.rowsDone()).isEqualTo(rows);
    }
  }

  /** Text in an order of its own: case, accents and punctuation do not go by their codes. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE COLLATION own (provider = icu, locale = 'en-US')",
        "CREATE COLLATION own (provider = icu, locale = 'und-u-ks-level2', deterministic = false)",
        "CREATE COLLATION own (provider = icu, locale = 'sv-u-kf-upper')",
        "CREATE COLLATION own FROM \"C\"",
      })
  void textInACollationOfItsOwn(String collation) throws Exception {
    try (Scene scene = collated(collation)) {
      scene.database.execute(
          """
          CREATE TABLE item (id text COLLATE own PRIMARY KEY, total text, total_n integer);
          INSERT INTO item SELECT v || i, '3' FROM generate_series(1, 9) AS i,
              unnest(ARRAY['a', 'B', 'ä', 'z-', 'Z x', '', 'ß', 'co-op', 'Ö']) AS v
          ON CONFLICT DO NOTHING;
          """);
      int rows = Integer.parseInt(scene.value("SELECT count(*) FROM item"));
      assertEachRowOnce(scene, scene.itemMapping(), rows);
    }
  }

  private static Scene collated(String collation) throws Exception {
    Scene scene = Scene.with("");
    try {
      scene.database.execute(collation);
    } catch (SQLException e) {
      scene.close();
      // A server that was built without ICU has no such text either.
      Assumptions.abort("this server has no ICU: " + e.getMessage());
    }
    return scene;
  }

  @Test
  void anEnumGoesByItsOwnOrder() throws Exception {
    try (Scene scene =
        Scene.with(
            """
            CREATE TYPE size AS ENUM ('small', 'large', 'huge', 'medium');
            CREATE TABLE item (id size, n integer, total text, total_n integer,
                PRIMARY KEY (id, n));
            INSERT INTO item SELECT s, i, '3' FROM generate_series(1, 9) AS i,
                unnest(enum_range(NULL::size)) AS s;
            """)) {
      assertEachRowOnce(scene, scene.itemMapping(), 36);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " DESC", " NULLS FIRST", " DESC NULLS LAST"})
  void aUniqueIndexIsFollowedInItsOwnOrder(String order) throws Exception {
    try (Scene scene =
        Scene.with(
            """
            CREATE TABLE item (a integer NOT NULL, b text NOT NULL, total text, total_n integer);
            CREATE UNIQUE INDEX key ON item (b%1$s, a%1$s) INCLUDE (total);
            INSERT INTO item SELECT i, chr(65 + i %% 4), '3' FROM generate_series(1, 55) AS i;
            ANALYZE item;
            """
                .formatted(order))) {
      boolean nullsFirst = order.endsWith("LAST") || order.equals(" NULLS FIRST");
      RowMapping mapping = along(scene.itemMapping(), nullsFirst);
      assertEachRowOnce(scene, mapping, 55);
      assertThat(
              scene.value(
                  "EXPLAIN SELECT a FROM item ORDER BY b%1$s, a%1$s LIMIT 1"
                      .formatted(nullsFirst ? " NULLS FIRST" : "")))
          .contains("using key")
          .doesNotContain("Sort");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DROP INDEX key",
        "ALTER TABLE item ALTER COLUMN b DROP NOT NULL",
        "DROP INDEX key; CREATE UNIQUE INDEX key ON item (b, a) WHERE a > 0",
        "DROP INDEX key; CREATE UNIQUE INDEX key ON item (a, b)",
      })
  void aKeyThatIsNoneAnyMoreStopsIt(String change) throws Exception {
    try (Scene scene =
        Scene.with(
            """
            CREATE TABLE item (a integer NOT NULL, b text NOT NULL, total text, total_n integer);
            CREATE UNIQUE INDEX key ON item (b, a);
            INSERT INTO item VALUES (1, 'x', '3');
            """)) {
      scene.database.execute(change);
      assertThat(scene.run(Scene.job(along(scene.itemMapping(), false))))
          .isInstanceOfSatisfying(
              Stopped.class, it -> assertThat(it.reason()).contains("no unique index over (b, a)"));
    }
  }

  @Test
  void theKeysIndexMayBeBuiltAnew() throws Exception {
    try (Scene scene =
        Scene.with(
            """
            CREATE TABLE item (a integer NOT NULL, b text NOT NULL, total text, total_n integer);
            CREATE UNIQUE INDEX first ON item (b, a);
            CREATE UNIQUE INDEX second ON item (b, a);
            DROP INDEX first;
            INSERT INTO item VALUES (1, 'x', '3');
            """)) {
      assertThat(scene.run(Scene.job(along(scene.itemMapping(), false))))
          .isEqualTo(new Finished(1));
    }
  }

  /** Along the columns b and a of a table that begins with a and b. */
  private static RowMapping along(RowMapping mapping, boolean nullsFirst) {
    return new RowMapping(
        mapping.table(),
        mapping.oid(),
        List.of(
            new KeyColumn(new Identifier("b"), 2, "text", nullsFirst),
            new KeyColumn(new Identifier("a"), 1, "integer", nullsFirst)),
        "the unique index key (b, a)",
        mapping.columns(),
        mapping.skipSetting(),
        List.of());
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
