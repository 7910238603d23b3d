package dev.gatefold.executor.direct;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.journey.Journey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnumsTest {

  private static final String SCHEMA =
      """
      CREATE TYPE mood AS ENUM ('sad', 'It''s ok', 'happy');
      CREATE TYPE spare AS ENUM ('a');
      COMMENT ON TYPE spare IS 'not needed';
      REVOKE USAGE ON TYPE spare FROM PUBLIC;
      CREATE TABLE t (id int PRIMARY KEY, m mood DEFAULT 'sad' CHECK (m < 'happy'), o text);
      CREATE INDEX sad ON t (id) WHERE m = 'sad';
      INSERT INTO t SELECT i, 'sad' FROM generate_series(1, 100) i;
      """;

  private static final String TYPES =
      """
      SELECT t.typname, t.typacl, obj_description(t.oid, 'pg_type'),
             ARRAY(SELECT enumlabel FROM pg_enum WHERE enumtypid = t.oid ORDER BY enumsortorder)
      FROM pg_type t WHERE t.typtype = 'e' ORDER BY 1\
      """;

  private static DirectCase change(String operations) {
    return DirectCase.of(SCHEMA, operations);
  }

  @Test
  void create() throws Exception {
    change("- create_enum: {type: '\"The Size\"', values: [small, \"o'large\"]}")
        .equals("CREATE TYPE \"The Size\" AS ENUM ('small', 'o''large')");
  }

  @Test
  void drop() throws Exception {
    change("- drop_enum: {type: spare}").equals("DROP TYPE spare");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          value: glad                | GLAD
          value: glad, before: happy | GLAD BEFORE $happy$
          value: glad, after: sad    | GLAD AFTER $sad$
          """)
  void addValue(String keys, String sql) throws Exception {
    change("- add_enum_value: {type: mood, %s}".formatted(keys))
        .equals("ALTER TYPE mood ADD VALUE " + sql.replace("GLAD", "'glad'").replace('$', '\''));
  }

  @Test
  void severalValuesOneAfterTheOther() throws Exception {
    change("- add_enum_value: {type: mood, value: x}\n- add_enum_value: {type: mood, value: y}")
        .equals("ALTER TYPE mood ADD VALUE 'x'; ALTER TYPE mood ADD VALUE 'y'");
  }

  @Test
  void renameValue() throws Exception {
    change("- rename_enum_value: {type: mood, from: \"It's ok\", to: fine}")
        .equals("ALTER TYPE mood RENAME VALUE 'It''s ok' TO 'fine'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          create_enum: {type: mood, values: [a]}                       | server-refuses
          create_enum: {type: none.mood, values: [a]}                  | server-refuses
          drop_enum: {type: mood}                                      | column m of table public.t
          drop_enum: {type: nowhere}                                   | no-enum
          add_enum_value: {type: mood, value: sad}                     | enum-value-taken
          add_enum_value: {type: mood, value: x, after: y}             | no-enum-value
          rename_enum_value: {type: mood, from: sad, to: happy}        | enum-value-taken
          rename_enum_value: {type: mood, from: SAD, to: x}            | no-enum-value
          """)
  void whatCannotBeIsNamed(String operation, String why) throws Exception {
    try (Journey journey = Journey.on(SCHEMA)) {
      assertThat(journey.submit("change: c\noperations:\n  - " + operation).toString())
          .contains(why);
      assertThat(journey.rows(TYPES)).hasSize(2);
    }
  }
}
