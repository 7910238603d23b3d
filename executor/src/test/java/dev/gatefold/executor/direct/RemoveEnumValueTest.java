package dev.gatefold.executor.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatefold.executor.journey.Journey;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.executor.trial.Version;
import dev.gatefold.planner.plan.StageName;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RemoveEnumValueTest {

  private static final String SCHEMA =
      """
      CREATE TYPE mood AS ENUM ('sad', 'It''s ok', 'happy', 'gone');
      COMMENT ON TYPE mood IS 'of people';
      REVOKE USAGE ON TYPE mood FROM PUBLIC;
      CREATE TABLE t (id int PRIMARY KEY, m mood NOT NULL DEFAULT 'gone', n mood DEFAULT 'It''s ok',
                      CONSTRAINT not_both CHECK (m <> n OR m = 'gone'::mood OR m IS NULL));
      ALTER TABLE t DROP CONSTRAINT not_both;
      ALTER TABLE t ADD CONSTRAINT sane CHECK (m <= 'gone' AND (n <> 'sad' OR n IS NULL)) NOT VALID;
      ALTER TABLE t DROP CONSTRAINT sane;
      ALTER TABLE t ADD CONSTRAINT sane CHECK (n <> 'sad'::mood);
      CREATE INDEX by_m ON t (m DESC) WHERE m <> 'happy';
      CREATE UNIQUE INDEX one_happy ON t (id, m) WHERE n = 'happy';
      CREATE TABLE "Other" (id bigint PRIMARY KEY, "all" mood[] DEFAULT '{sad,happy}', x text);
      CREATE INDEX by_all ON "Other" USING gin ("all");
      CREATE VIEW seen AS SELECT id, m FROM t;
      INSERT INTO t SELECT i, (ARRAY['sad', 'gone', 'happy'])[i % 3 + 1]::mood,
        (ARRAY['happy', 'It''s ok', NULL])[i % 3 + 1]::mood
      FROM generate_series(1, 100) i;
      INSERT INTO "Other" SELECT i, CASE WHEN i % 3 > 0 THEN ARRAY['sad', 'gone', 'gone']::mood[] END
      FROM generate_series(1, 50) i;
      """;

  private static final String DIRECT =
      """
      ALTER TYPE mood RENAME TO mood_old;
      CREATE TYPE mood AS ENUM ('sad', 'It''s ok', 'happy');
      COMMENT ON TYPE mood IS 'of people';
      REVOKE USAGE ON TYPE mood FROM PUBLIC;
      DROP VIEW seen;
      DROP INDEX by_m, one_happy, by_all;
      ALTER TABLE t DROP CONSTRAINT sane, ALTER m DROP DEFAULT, ALTER n DROP DEFAULT;
      ALTER TABLE t ALTER m TYPE mood USING CASE m WHEN 'gone' THEN 'sad' ELSE m::text END::mood;
      ALTER TABLE t ALTER n TYPE mood USING CASE n WHEN 'gone' THEN 'sad' ELSE n::text END::mood;
      ALTER TABLE t ALTER m SET DEFAULT 'sad', ALTER n SET DEFAULT 'It''s ok',
        ADD CONSTRAINT sane CHECK (n <> 'sad'::mood);
      CREATE INDEX by_m ON t (m DESC) WHERE m <> 'happy';
      CREATE UNIQUE INDEX one_happy ON t (id, m) WHERE n = 'happy';
      ALTER TABLE "Other" ALTER "all" DROP DEFAULT;
      ALTER TABLE "Other" ALTER "all" TYPE mood[]
        USING array_replace("all"::text[], 'gone', 'sad')::mood[];
      ALTER TABLE "Other" ALTER "all" SET DEFAULT '{sad,happy}';
      CREATE INDEX by_all ON "Other" USING gin ("all");
      CREATE VIEW seen AS SELECT id, m FROM t;
      DROP TYPE mood_old;
      """;

  private static final String REMOVE =
      "- remove_enum_value: {type: mood, value: gone, replace_by: sad}";

  /** The old version writes the value that goes; both name the type. */
  static long write(Connection connection, Version version, RolloutState state)
      throws SQLException {
    String value = version == Version.OLD ? "gone" : "happy";
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          """
          INSERT INTO t (id, m, n) SELECT coalesce(max(id), 0) + 1, '%1$s'::mood, NULL FROM t;
          INSERT INTO t (id) SELECT coalesce(max(id), 0) + 1 FROM t;
          UPDATE t SET m = '%1$s' WHERE id = (SELECT max(id) FROM t) AND m <> 'happy'::mood;
          UPDATE "Other" SET "all" = array_append("all", '%1$s'::mood) WHERE id = 7\
          """
              .formatted(value));
    }
    return 4;
  }

  @Test
  void everyColumnOfItFollows() throws Exception {
    DirectCase.of(SCHEMA, REMOVE).among(RemoveEnumValueTest::write).equals(DIRECT);
  }

  @Test
  void anEnumWithoutColumns() throws Exception {
    DirectCase.of(
            "CREATE TYPE mood AS ENUM ('a', 'b')",
            "- remove_enum_value: {type: mood, value: a, replace_by: b}")
        .equals("DROP TYPE mood; CREATE TYPE mood AS ENUM ('b')");
  }

  @Test
  void rowsKeepTheirValuesThereAndBack() throws Exception {
    try (Journey journey = Journey.on(SCHEMA)) {
      String rows = "SELECT m, n, count(*) FROM t GROUP BY m, n ORDER BY m, n";
      List<String> before = journey.rows(rows);
      journey.submitted(change(REMOVE)).promoted("c", StageName.RETIRE);
      assertThat(journey.rows(rows))
          .containsExactly("sad|It's ok|34", "sad|happy|33", "happy|null|33");
      assertThatThrownBy(() -> journey.sql("UPDATE t SET m = 'gone'"))
          .hasMessageContaining("invalid input value for enum mood");
      journey.sql("UPDATE t SET m = 'It''s ok'::mood WHERE m = 'happy'::mood");
      assertThat(journey.rollback("c", Optional.of(RolloutState.PLANNED)))
          .isInstanceOf(Outcome.Done.class);
      assertThat(journey.rows(rows))
          .isEqualTo(
              before.stream()
                  .map(line -> line.replace("happy|null", "It's ok|null"))
                  .sorted(BY_MOOD)
                  .toList());
    }
  }

  private static final Comparator<String> BY_MOOD =
      Comparator.comparing(
          line -> List.of("sad", "It's ok", "happy", "gone").indexOf(line.split("\\|", 2)[0]));

  @Test
  void rowsThatBecomeOneAreNamed() throws Exception {
    try (Journey journey =
        Journey.on(
            """
            CREATE TYPE mood AS ENUM ('sad', 'gone');
            CREATE TABLE t (id int PRIMARY KEY, a int, m mood, UNIQUE (a, m));
            INSERT INTO t VALUES (1, 7, 'sad'), (2, 7, 'gone'), (3, 8, 'gone');
            """)) {
      journey.submitted(change(REMOVE)).promoted("c", StageName.EXPAND);
      assertThat(journey.promote("c", StageName.BACKFILL).toString())
          .contains("duplicated", "(7, sad)");
      assertThat(journey.rows("SELECT count(*) FROM t")).containsExactly("3");
      journey.sql("DELETE FROM t WHERE id = 2");
      assertThat(journey.promote("c", StageName.BACKFILL)).isInstanceOf(Outcome.Done.class);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          CREATE DOMAIN d AS mood                                                   | type d
          CREATE TYPE pair AS (a mood, b int)                                       | column a of composite type pair
          CREATE FUNCTION f(m mood) RETURNS int LANGUAGE sql AS $$SELECT 1$$        | function f(
          CREATE FUNCTION f() RETURNS mood[] LANGUAGE plpgsql AS $$BEGIN END$$      | function f(
          CREATE VIEW v AS SELECT $sad$::mood AS m                                  | view v
          CREATE VIEW v AS SELECT 1 AS x FROM t WHERE m = $sad$                     | view public.v
          CREATE MATERIALIZED VIEW v AS SELECT m FROM t                             | materialized view
          CREATE TABLE u (x text DEFAULT $sad$::mood)                               | default value for column x
          CREATE TABLE u (x text CHECK (x::mood < $sad$))                           | constraint u_x_check
          CREATE TABLE u (m mood PRIMARY KEY)                                       | primary-key
          CREATE TABLE u (m mood DEFAULT enum_first(NULL::mood))                    | enum-default
          CREATE TABLE u (m mood[] DEFAULT $$$${gone}$$$$)                          | enum-default
          CREATE TABLE u (m mood, CHECK (m <> $gone$))                              | does-not-fit
          CREATE TABLE u (m mood, x text GENERATED ALWAYS AS (CASE m WHEN $sad$ THEN $a$ END) STORED) | generated
          CREATE TABLE u (m mood) PARTITION BY LIST (m)                             | partition-key
          """)
  void whatDoesNotComeAlongIsNamed(String ddl, String why) throws Exception {
    String sql = ddl.replace("$$$$", "'").replace("$$", "@@").replace("$", "'").replace("@@", "$$");
    try (Journey journey = Journey.on(SCHEMA + sql)) {
      assertThat(journey.submit(change(REMOVE)).toString())
          .contains("Refused[")
          .containsPattern(
              why.replace("(", "\\(")
                  .replace(" v", " (public.)?v")
                  .replace(" f", " (public.)?f")
                  .replace("type ", "type (public.)?"));
    }
  }

  private static String change(String operation) {
    return "change: c\noperations:\n  " + operation;
  }
}
