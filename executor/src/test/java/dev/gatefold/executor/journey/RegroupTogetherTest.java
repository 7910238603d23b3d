package dev.gatefold.executor.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.planner.plan.Step;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A split, a merge and a change of one column share sync, backfill and swap of their table. */
class RegroupTogetherTest {

  private static final String COLUMNS =
      """
      id int, full_name text NOT NULL DEFAULT 'nobody at all',
      street text, town text NOT NULL, total int NOT NULL DEFAULT 0, note text
      """;

  private static final String FILL =
      """
      CREATE INDEX by_total ON %1$s.t (total DESC) WHERE note IS NOT NULL;
      CREATE VIEW %1$s.totals AS SELECT id, total FROM %1$s.t;
      INSERT INTO %1$s.t SELECT i, 'f' || i || ' l' || i,
        CASE WHEN i %% 3 > 0 THEN 's' || i END, 't' || i, i, 'n' FROM generate_series(1, 600) i;
      """
          .replace("%%", "%");

  private static final String ORDINARY =
      "CREATE TABLE %1$s.t (" + COLUMNS + ", PRIMARY KEY (id));" + FILL;

  private static final String PARTITIONED =
      "CREATE TABLE %1$s.t ("
          + COLUMNS
          + ", PRIMARY KEY (id)) PARTITION BY RANGE (id);"
          + """
          CREATE TABLE %1$s.t_low PARTITION OF %1$s.t FOR VALUES FROM (0) TO (300);
          CREATE TABLE %1$s.t_high PARTITION OF %1$s.t FOR VALUES FROM (300) TO (1000);
          """
          + FILL;

  private static final String CHANGE =
      """
        - alter_column: {table: t, column: total, type: bigint}
        - split_column:
            table: t
            column: full_name
            into:
              - {column: first_name, type: text, nullable: false, default: "'nobody'", up: "split_part(full_name, ' ', 1)"}
              - {column: last_name, type: text, default: null, up: "substr(full_name, length(split_part(full_name, ' ', 1)) + 2)"}
            down: "first_name || ' ' || coalesce(last_name, '')"
        - merge_columns:
            table: t
            columns: [street, town]
            into: {column: place, type: "text[]", nullable: false, up: "ARRAY[street, town]"}
            down: {street: "place[1]", town: "place[2]"}
      """;

  private static final String DDL =
      """
      DROP VIEW twin.totals;
      ALTER TABLE twin.t ALTER COLUMN total TYPE bigint;
      CREATE VIEW twin.totals AS SELECT id, total FROM twin.t;
      ALTER TABLE twin.t ADD COLUMN first_name text, ADD COLUMN last_name text,
        ADD COLUMN place text[];
      UPDATE twin.t SET first_name = split_part(full_name, ' ', 1),
        last_name = substr(full_name, length(split_part(full_name, ' ', 1)) + 2),
        place = ARRAY[street, town];
      ALTER TABLE twin.t ALTER COLUMN first_name SET NOT NULL,
        ALTER COLUMN first_name SET DEFAULT 'nobody', ALTER COLUMN place SET NOT NULL,
        DROP COLUMN full_name, DROP COLUMN street, DROP COLUMN town;
      """;

  @Test
  void endLikeTheDdlAndAreTakenBack() throws Exception {
    new Carrying(ORDINARY, CHANGE, DDL).holds();
  }

  @Test
  void onAPartitionedTable() throws Exception {
    new Carrying(PARTITIONED, CHANGE, DDL).holds();
  }

  @Test
  void shareOneBackfillAndOneSync() throws Exception {
    try (Journey journey = Journey.on(ORDINARY.replace("%1$s", "public"))) {
      journey.submitted("change: c\noperations:\n" + CHANGE);
      assertThat(journey.rollout("c").plan().stage(StageName.BACKFILL).orElseThrow().steps())
          .filteredOn(Step.BackfillRows.class::isInstance)
          .hasSize(1);
      journey.promoted("c", StageName.EXPAND);
      assertThat(
              journey.rows(
                  "SELECT count(*) FROM pg_trigger WHERE tgname ~ '^~gatefold_[0-9a-f]+_'"))
          .containsExactly("3");
      assertThat(journey.rollback("c", Optional.empty())).isInstanceOf(Outcome.Done.class);
    }
  }

  @Test
  void areDeniedTogetherWhereTheFileWantsThat() throws Exception {
    try (Journey journey =
        Journey.asSuperuser(
            ORDINARY.replace("%1$s", "public")
                + "DROP VIEW totals; GRANT SELECT, INSERT, UPDATE ON t TO pg_monitor;")) {
      List<String> before = journey.catalog("t");
      journey.submitted(
          "change: c\nretire: revoke\noperations:\n"
              + CHANGE.replace("column: total,", "column: total, to: sum,"));
      journey.promoted("c", StageName.RETIRE);
      assertThat(
              journey.rows(
                  """
                  SELECT a.attname FROM pg_attribute a
                  WHERE a.attrelid = 't'::regclass AND a.attnum > 0 AND NOT a.attisdropped
                    AND NOT has_column_privilege('pg_monitor', 't'::regclass, a.attnum, 'UPDATE')
                  ORDER BY 1"""))
          .containsExactly("full_name", "street", "total", "town");
      journey.sql(
          """
          SET ROLE pg_monitor;
          UPDATE t SET first_name = 'Ada', place = '{x,y}' WHERE id = 1""");
      assertThat(journey.rows("SELECT full_name, street, town FROM t WHERE id = 1"))
          .containsExactly("Ada l1|x|y");
      assertThat(journey.rollback("c", Optional.of(RolloutState.PLANNED)))
          .isInstanceOf(Outcome.Done.class);
      assertThat(journey.catalog("t")).isEqualTo(before);
      journey
          .submitted(
              "change: c\nretire: revoke\noperations:\n"
                  + CHANGE.replace("column: total,", "column: total, to: sum,"))
          .promoted("c", StageName.DROP);
      assertThat(journey.rows("SELECT first_name FROM t WHERE id = 1")).containsExactly("Ada");
    }
  }
}
