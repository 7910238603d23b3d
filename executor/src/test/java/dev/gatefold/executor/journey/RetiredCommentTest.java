package dev.gatefold.executor.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.planner.plan.StageName;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever looks for a retired column is led to the change. */
class RetiredCommentTest {

  private static final String TABLE =
      """
          CREATE TABLE t (id int PRIMARY KEY, "To""tal" int, note text) PARTITION BY HASH (id);
          CREATE TABLE t_0 PARTITION OF t FOR VALUES WITH (MODULUS 2, REMAINDER 0);
          CREATE TABLE t_1 PARTITION OF t FOR VALUES WITH (MODULUS 2, REMAINDER 1);
          COMMENT ON COLUMN t."To""tal" IS 'it''s in cents';
          COMMENT ON COLUMN t_1."To""tal" IS 'of odd ones';
          GRANT SELECT ON t TO deny_reader;
          """;

  private static final String CHANGE =
      """
      change: sum
      operations:
        - rename_column: {table: t, column: '"To""tal"', to: sum}
        - rename_column: {table: t, column: note, to: remark}
      retire:\s""";

  private static List<String> comments(Journey journey, String where) throws Exception {
    return journey.rows(
        """
        SELECT attrelid::regclass, col_description(attrelid, attnum) FROM pg_attribute
        WHERE attrelid IN ('t'::regclass, 't_0'::regclass, 't_1'::regclass) AND attnum > 0
          AND NOT attisdropped AND col_description(attrelid, attnum) IS NOT NULL AND %s
        ORDER BY 1, attnum"""
            .formatted(where));
  }

  @ParameterizedTest
  @ValueSource(strings = {"rename", "revoke"})
  void theOldColumnTellsOfTheChangeAndThenWhatItTold(String retire) throws Exception {
    try (Journey journey = DenyRoles.journey(TABLE)) {
      List<String> before = comments(journey, "true");
      journey.submitted(CHANGE + retire).promoted("sum", StageName.RETIRE);
      String total =
          "was \"To\"\"tal\"; retired by Gatefold for the change sum: use \"sum\"; gatefold status sum";
      String note =
          "was \"note\"; retired by Gatefold for the change sum: use \"remark\"; gatefold status sum";
      assertThat(comments(journey, "attname NOT IN ('sum', 'remark')"))
          .containsExactly(
              "t|" + total,
              "t|" + note,
              "t_0|" + total,
              "t_0|" + note,
              "t_1|" + total,
              "t_1|" + note);

      assertThat(journey.rollback("sum", Optional.of(RolloutState.PLANNED)))
          .isInstanceOf(Outcome.Done.class);
      assertThat(comments(journey, "true"))
          .isEqualTo(before)
          .containsExactly("t|it's in cents", "t_1|of odd ones");
      journey.submitted(CHANGE + retire).promoted("sum", StageName.DROP);
      assertThat(comments(journey, "true")).isEqualTo(before);
    }
  }

  /** They are in docs/stuck.md, letter by letter. */
  @Test
  void theErrorOfARetiredNameIsTheOneThatTheDocumentationNames() throws Exception {
    try (Journey journey = DenyRoles.journey(TABLE)) {
      journey.submitted(CHANGE + "rename").promoted("sum", StageName.RETIRE);
      assertThat(DenyRoles.attempt(journey, "deny_reader", "SELECT note FROM t"))
          .isEqualTo("column \"note\" does not exist");
      assertThat(
              DenyRoles.attempt(journey, "deny_reader", "INSERT INTO t (id, note) VALUES (1, '')"))
          .isEqualTo("column \"note\" of relation \"t\" does not exist");
    }
  }

  @Test
  void soIsThatOfARetiredRight() throws Exception {
    try (Journey journey = DenyRoles.journey(TABLE)) {
      journey.submitted(CHANGE + "revoke").promoted("sum", StageName.RETIRE);
      assertThat(DenyRoles.attempt(journey, "deny_reader", "SELECT note FROM t"))
          .isEqualTo("permission denied for table t");
    }
  }
}
