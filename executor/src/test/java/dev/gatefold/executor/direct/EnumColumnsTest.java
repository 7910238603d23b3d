package dev.gatefold.executor.direct;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.journey.Journey;
import dev.gatefold.planner.plan.StageName;
import org.junit.jupiter.api.Test;

/** A column becomes one of an enum that the same change makes, and back. */
class EnumColumnsTest {

  private static final String SCHEMA =
      """
      CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
      CREATE TABLE t (id int PRIMARY KEY, m mood NOT NULL DEFAULT 'sad', s varchar(10), b boolean);
      CREATE INDEX by_m ON t (m DESC);
      CREATE UNIQUE INDEX by_s ON t (s, id);
      INSERT INTO t
      SELECT i, (ARRAY['sad', 'ok', 'happy'])[i %% 3 + 1]::mood, (ARRAY['sad', 'ok', NULL])[i %% 3 + 1],
             i %% 2 = 0
      FROM generate_series(1, 100) i;
      """
          .replace("%%", "%");

  private static DirectCase change(String operations) {
    return DirectCase.of(SCHEMA, operations);
  }

  private static final String NEW = "CREATE TYPE state AS ENUM ('sad', 'ok')";

  @Test
  void fromText() throws Exception {
    change(
            "- create_enum: {type: state, values: [sad, ok]}\n"
                + "- alter_column: {table: t, column: s, type: state}")
        .equals(NEW + "; ALTER TABLE t ALTER s TYPE state USING s::state");
  }

  @Test
  void toText() throws Exception {
    change("- alter_column: {table: t, column: m, type: text, default: \"'sad'\"}")
        .equals(
            "ALTER TABLE t ALTER m DROP DEFAULT; ALTER TABLE t ALTER m TYPE text;"
                + " ALTER TABLE t ALTER m SET DEFAULT 'sad'");
  }

  @Test
  void fromBoolean() throws Exception {
    change(
            """
            - create_enum: {type: state, values: [sad, ok]}
            - alter_column:
                table: t
                column: b
                to: c
                type: state
                up: CASE WHEN b THEN 'ok'::state ELSE 'sad'::state END
                down: c = 'ok'
            """)
        .equals(
            NEW
                + "; ALTER TABLE t ALTER b TYPE state"
                + " USING CASE WHEN b THEN 'ok'::state ELSE 'sad'::state END;"
                + " ALTER TABLE t RENAME b TO c");
  }

  @Test
  void aValueThatTheEnumDoesNotKnowKeepsTheGateClosed() throws Exception {
    try (Journey journey = Journey.on(SCHEMA)) {
      journey.sql("UPDATE t SET s = 'odd' WHERE id = 77");
      journey
          .submitted(
              """
              change: c
              operations:
                - create_enum: {type: state, values: [sad, ok]}
                - alter_column: {table: t, column: s, type: state}
              """)
          .promoted("c", StageName.EXPAND);
      assertThat(journey.promote("c", StageName.BACKFILL).toString())
          .contains("77", "invalid input value");
    }
  }
}
