package dev.gatefold.executor.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.planner.plan.StageName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Columns of every sort of type: renamed, and changed to another type. */
class TypesTest {

  private static final String TYPES =
      """
      DO $$ BEGIN IF to_regtype('public.mood') IS NULL THEN
        CREATE EXTENSION hstore SCHEMA public;
        CREATE EXTENSION citext SCHEMA public;
        CREATE TYPE public.mood AS ENUM ('sad', 'ok', 'happy');
        CREATE TYPE public.spirit AS ENUM ('happy', 'ok', 'sad');
        CREATE TYPE public.pair AS (x int, y text);
        CREATE DOMAIN public.free AS text;
        CREATE DOMAIN public.label AS public.free;
      END IF; END $$;
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '`',
      textBlock =
          """
          mood ! spirit ! z::text::mood ! (ARRAY['sad', 'ok', 'happy'])[i % 3 + 1]::public.mood
          spirit ! text ! z::spirit ! 'sad'
          int[] ! bigint[] ! z::int[] ! ARRAY[i, NULL, -i]
          int[][] ! text[] ! z::int[] ! ARRAY[ARRAY[i, 1], ARRAY[2, 3]]
          int4range ! text ! z::int4range ! int4range(i, i + 5)
          int4multirange ! text ! z::int4multirange ! int4multirange(int4range(i, i + 5))
          tsrange ! tstzrange ! tsrange(lower(z) AT TIME ZONE 'UTC', upper(z) AT TIME ZONE 'UTC') ! tsrange('2020-01-01', '2021-01-01')
          jsonb ! text ! z::jsonb ! jsonb_build_object('a', i, 'b', ARRAY[1.0, 2.50])
          json ! jsonb ! z::json ! json_build_array(i, 'x', 1.0)
          bytea ! text ! decode(z, 'hex') ! decode(md5(i::text), 'hex')
          pair ! text ! z::pair ! ROW(i, 'a"b,' || i)::public.pair
          pair[] ! pair[] ! z ! ARRAY[ROW(i, NULL)::public.pair]
          hstore ! jsonb ! hstore(z->0->>0, z->0->>1) ! public.hstore('k', i::text)
          citext ! text ! z::citext ! ('AbC' || i)::public.citext
          free ! varchar(50) ! z::free ! 'v' || i
          label ! free ! z::label ! 'v' || i
          varchar(50) ! label ! z ! 'v' || i
          xml ! text ! z::xml ! ('<a>' || i || '</a>')::xml
          tsvector ! text ! z::tsvector ! to_tsvector('simple', 'cat sat ' || i)
          char(5) ! text ! z::char(5) ! 'ab'
          interval ! text ! z::interval ! make_interval(mins => i)
          """)
  void isRenamedAndChanged(String type, String other, String down, String value) throws Exception {
    String tables =
        TYPES
            + """
              SET search_path TO public;
              CREATE TABLE %1$s.t (id int PRIMARY KEY, r TYPE, c TYPE NOT NULL, n int);
              CREATE INDEX notes ON %1$s.t (n) WHERE r IS NOT NULL;
              INSERT INTO %1$s.t
              SELECT i, CASE WHEN i % 4 > 0 THEN (VALUE)::TYPE END, (VALUE)::TYPE
              FROM generate_series(1, 40) i;
              """
                .replace("TYPE", type)
                .replace("VALUE", value);
    String up = up(type);
    String file =
        """
          - rename_column: {table: t, column: r, to: renamed}
          - alter_column: {table: t, column: c, to: z, type: "%s", volatile: accepted, up: "%s", down: "%s"}
        """
            .formatted(other, up, down.replace("\"", "\\\""));
    new Carrying(
            tables,
            file,
            """
            SET search_path TO public;
            ALTER TABLE twin.t RENAME r TO renamed;
            ALTER TABLE twin.t ALTER c TYPE %s USING %s;
            ALTER TABLE twin.t RENAME c TO z;
            """
                .formatted(other, up))
        .holds();
  }

  private static String up(String type) {
    return switch (type) {
      case "mood" -> "c::text::spirit";
      case "bytea" -> "encode(c, 'hex')";
      case "hstore" -> "to_jsonb((%# c)[1:1])";
      case "tsrange" -> "tstzrange(lower(c) AT TIME ZONE 'UTC', upper(c) AT TIME ZONE 'UTC')";
      default -> "c";
    };
  }

  @Test
  void aConstrainedDomainIsRefused() throws Exception {
    String tables =
        """
        CREATE DOMAIN positive AS int CHECK (VALUE > 0);
        CREATE DOMAIN under AS positive;
        CREATE DOMAIN filled AS text DEFAULT 'x';
        CREATE DOMAIN never AS text NOT NULL;
        CREATE TABLE t (id int PRIMARY KEY, i int, p under, f text, n never);
        """;
    for (String change :
        new String[] {
          "{table: t, column: i, type: positive}",
          "{table: t, column: i, to: z, type: under}",
          "{table: t, column: p, to: z}",
          "{table: t, column: f, to: z, type: filled}",
          "{table: t, column: n, to: z, type: text}"
        }) {
      assertThat(Carrying.refusals(tables, "  - alter_column: " + change))
          .as(change)
          .anyMatch(reason -> reason.startsWith("constrained-domain: "));
    }
  }

  @Test
  void fromAConstrainedDomainToItsOwnTypeNothingIsCopied() throws Exception {
    try (Journey journey =
        Journey.on(
            """
            CREATE DOMAIN positive AS int CHECK (VALUE > 0);
            CREATE TABLE t (id int PRIMARY KEY, p positive);
            INSERT INTO t SELECT i, i FROM generate_series(1, 100) i;
            """)) {
      String file = "SELECT pg_relation_filenode('t')";
      String before = journey.rows(file).get(0);
      journey
          .submitted("change: c\noperations:\n  - alter_column: {table: t, column: p, type: int}")
          .promoted("c", StageName.EXPAND);
      assertThat(journey.rows(file)).containsExactly(before);
      journey.sql("INSERT INTO t VALUES (101, -1)");
    }
  }
}
