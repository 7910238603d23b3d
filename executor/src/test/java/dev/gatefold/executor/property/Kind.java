package dev.gatefold.executor.property;

import java.util.List;

/**
 * A type that a random column may have.
 *
 * @param sql the type
 * @param value an expression over {@code i} for the values of its rows
 * @param constant a default
 * @param ordered whether a btree index can be made over it
 * @param retypes what a change may make of it
 */
record Kind(String sql, String value, String constant, boolean ordered, List<Retype> retypes) {

  /** Another type, with mappings where a plain cast is not enough; {@code @} is the column. */
  record Retype(String type, String up, String down) {

    static Retype plain(String type) {
      return new Retype(type, "", "");
    }

    boolean mapped() {
      return !up.isEmpty();
    }
  }

  static final List<Kind> ALL =
      List.of(
          of("smallint", "(i % 90)::smallint", "7", Retype.plain("integer")),
          of(
              "integer",
              "i % 10",
              "3",
              Retype.plain("bigint"),
              mapped("text", "::text", "::integer")),
          of("bigint", "i * 5000000000", "5", mapped("numeric(20)", "::numeric", "::bigint")),
          of("numeric(10,2)", "i / 4.0", "1.50", Retype.plain("numeric(12,2)")),
          of("real", "i / 8.0", "0.5", Retype.plain("double precision")),
          of("text", "'t' || i % 10", "'t1'", Retype.plain("varchar(100)")),
          of(
              "varchar(20)",
              "'t' || i % 10",
              "'t2'",
              Retype.plain("text"),
              Retype.plain("varchar(40)")),
          of("character(8)", "'c' || i", "'c'", mapped("text", "::text", "::character(8)")),
          of("boolean", "i % 3 = 0", "true", mapped("integer", "::integer", "::boolean")),
          of("date", "DATE '2020-01-01' + i", "'2020-02-02'", Retype.plain("timestamp")),
          of("timestamp", "TIMESTAMP '2020-01-01' + i * interval '1 hour'", "'2020-02-02'"),
          of("timestamptz(3)", "TIMESTAMPTZ '2020-01-01 0:00Z' + i * interval '1 s'", "now()"),
          of("interval", "i * interval '1 minute'", "'1 day'"),
          of(
              "uuid",
              "md5(i::text)::uuid",
              "'00000000-0000-0000-0000-000000000000'",
              mapped("text", "::text", "::uuid")),
          of("bytea", "decode(md5(i::text), 'hex')", "'\\x00'"),
          of("jsonb", "jsonb_build_object('a', i)", "'{}'"),
          of("inet", "('10.0.0.' || i % 250)::inet", "'127.0.0.1'"),
          of("int4range", "int4range(i, i + 5)", "'empty'"),
          of("text[]", "ARRAY['a', i::text]", "'{}'"),
          of("mood", "(ARRAY['sad', 'ok', 'glad'])[i % 3 + 1]::public.mood", "'ok'"),
          new Kind("json", "json_build_object('a', i)", "'{}'", false, List.of()),
          new Kind("point", "point(i, 1)", "'(0,0)'", false, List.of()));

  private static Kind of(String sql, String value, String constant, Retype... retypes) {
    return new Kind(sql, value, constant, true, List.of(retypes));
  }

  private static Retype mapped(String type, String up, String down) {
    return new Retype(type, "@" + up, "@" + down);
  }

  boolean textual() {
    return sql.equals("text") || sql.startsWith("varchar");
  }

  /** Whether its values are among those of the table that foreign keys refer to. */
  boolean refers() {
    return sql.equals("integer") || textual();
  }
}
