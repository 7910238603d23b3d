package dev.gatefold.executor.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.planner.plan.StageName;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Changes that need neither rewrite nor scan: one stage, no copy. */
class InPlaceTest {

  private static final String TABLE =
      """
      CREATE TABLE t (id int PRIMARY KEY, name varchar(10) NOT NULL DEFAULT 'x', n int DEFAULT 1);
      CREATE INDEX ON t (name);
      INSERT INTO t SELECT i, i, i FROM generate_series(1, 1000) i;
      """;

  private static final String FILE_NODE =
      "SELECT relname, relfilenode FROM pg_class WHERE relname IN ('t', 't_name_idx') ORDER BY 1";

  @Test
  void aWiderVarcharIsMetadataOnly() throws Exception {
    try (Journey journey = Journey.on(TABLE)) {
      List<String> files = journey.rows(FILE_NODE);
      journey.submitted(alter("{table: t, column: name, type: varchar(20)}"));
      assertThat(journey.rollout("x").plan().stages()).hasSize(1);

      journey.promoted("x", StageName.EXPAND);

      assertThat(journey.rollout("x").state()).isEqualTo(RolloutState.COMPLETED);
      assertThat(journey.rows(FILE_NODE)).isEqualTo(files);
      assertThat(journey.catalog("t")).anyMatch(line -> line.contains("character varying(20)"));
      assertThat(journey.rollback("x", Optional.empty())).isInstanceOf(Outcome.OutOfOrder.class);
    }
  }

  @Test
  void nullabilityAndDefaultGoThereAndBack() throws Exception {
    try (Journey journey = Journey.on(TABLE)) {
      List<String> before = journey.catalog("t");
      journey.submitted(alter("{table: t, column: name, nullable: true, default: null}"));
      journey.promoted("x", StageName.EXPAND);
      assertThat(journey.catalog("t"))
          .anyMatch(line -> line.startsWith("column|name|character varying(10)|false||"));

      assertThat(journey.rollback("x", Optional.empty())).isInstanceOf(Outcome.Done.class);
      assertThat(journey.catalog("t")).isEqualTo(before);
      assertThat(journey.rollout("x").state()).isEqualTo(RolloutState.ROLLED_BACK);
    }
  }

  @Test
  void aNarrowerVarcharIsNot() throws Exception {
    try (Journey journey = Journey.on(TABLE)) {
      journey.submitted(alter("{table: t, column: name, type: varchar(5)}"));
      assertThat(journey.rollout("x").plan().stages()).hasSize(4);
      journey.promoted("x", StageName.DROP);
      assertThat(journey.rows("SELECT count(*) FROM t WHERE name::int = id"))
          .containsExactly("1000");
    }
  }

  private static String alter(String operation) {
    return "change: x\noperations:\n  - alter_column: " + operation;
  }
}
