package dev.gatefold.executor.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.planner.plan.StageName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Columns of one table that several changes deny, and columns of a table with partitions. */
class DenyTogetherTest {

  private static final String TABLE =
      """
          CREATE TABLE t (id int PRIMARY KEY, status text, use text, note text);
          INSERT INTO t SELECT i, i, i, i FROM generate_series(1, 200) i;
          COMMENT ON COLUMN t.use IS 'of it';
          GRANT SELECT ON t TO deny_reader;
          GRANT SELECT, INSERT, UPDATE ON t TO deny_writer WITH GRANT OPTION;
          GRANT SELECT (status, use) ON t TO deny_clerk;
          GRANT INSERT (use, note) ON t TO deny_writer;
          """;

  private static final String FIRST =
      """
      change: first
      operations:
        - rename_column: {table: t, column: status, to: state}
      retire: revoke
      """;

  private static final String SECOND =
      """
      change: second
      operations:
        - rename_column: {table: t, column: use, to: usage}
      retire: %s
      """;

  private static void end(Journey journey, String change, String how) throws Exception {
    Outcome outcome =
        how.equals("drop")
            ? journey.promote(change, StageName.DROP)
            : journey.rollback(change, Optional.of(RolloutState.PLANNED));
    assertThat(outcome).isInstanceOf(Outcome.Done.class);
  }

  /**
   * @param begun how far the second change is when the first one denies its column
   */
  @ParameterizedTest
  @CsvSource({
    "none,     revoke, drop,     drop,     first",
    "none,     revoke, rollback, drop,     second",
    "EXPAND,   revoke, drop,     rollback, second",
    "EXPAND,   rename, rollback, rollback, first",
    "BACKFILL, revoke, rollback, rollback, second",
    "BACKFILL, rename, drop,     drop,     second",
    "RETIRE,   rename, drop,     rollback, first",
    "RETIRE,   revoke, rollback, drop,     first",
  })
  void eachEndsAsIfItWereAlone(
      String begun, String retire, String first, String second, String endsFirst) throws Exception {
    try (Journey expected = DenyRoles.journey(TABLE);
        Journey journey = DenyRoles.journey(TABLE)) {
      if (!begun.equals("none")) {
        journey.submitted(SECOND.formatted(retire)).promoted("second", StageName.valueOf(begun));
      }
      journey.submitted(FIRST).promoted("first", StageName.RETIRE);
      if (begun.equals("none")) {
        journey.submitted(SECOND.formatted(retire));
      }
      journey.promoted("second", StageName.RETIRE);
      assertThat(DenyRoles.attempt(journey, "deny_reader", "SELECT state, usage FROM t"))
          .isEqualTo("ok");
      assertThat(DenyRoles.attempt(journey, "deny_reader", "SELECT status FROM t"))
          .isEqualTo("permission denied for table t");

      end(journey, endsFirst, endsFirst.equals("first") ? first : second);
      assertThat(DenyRoles.attempt(journey, "deny_writer", "UPDATE t SET note = id"))
          .isEqualTo("ok");
      String other = endsFirst.equals("first") ? "second" : "first";
      end(journey, other, other.equals("first") ? first : second);

      if (first.equals("drop")) {
        expected.sql("ALTER TABLE t RENAME status TO state");
      }
      if (second.equals("drop")) {
        expected.sql("ALTER TABLE t RENAME use TO usage");
      }
      assertThat(journey.catalog("t")).isEqualTo(expected.catalog("t"));
      assertThat(journey.rows(LEFT)).containsExactly("0|0|0");
    }
  }

  @Test
  void aTableWhoseRightsAreAllLentIsStillOneWhoseColumnsCanBeDenied() throws Exception {
    try (Journey journey = DenyRoles.journey(TABLE)) {
      journey.sql("REVOKE ALL (status, use, note) ON t FROM deny_clerk");
      List<String> before = journey.catalog("t");
      journey.submitted(FIRST).promoted("first", StageName.RETIRE);
      journey.submitted(SECOND.formatted("revoke")).promoted("second", StageName.RETIRE);
      end(journey, "first", "rollback");
      end(journey, "second", "rollback");
      assertThat(journey.catalog("t")).isEqualTo(before);
    }
  }

  private static final String LEFT =
      """
      SELECT (SELECT count(*) FROM gatefold.retired_column),
             (SELECT count(*) FROM gatefold.denied_right),
             (SELECT count(*) FROM gatefold.lent_right)""";

  private static final String PARTITIONED =
      """
          CREATE TABLE p (day int, id int, total text, note text, PRIMARY KEY (day, id))
            PARTITION BY RANGE (day);
          CREATE TABLE p_1 (note text, total text, id int NOT NULL, day int NOT NULL);
          ALTER TABLE p ATTACH PARTITION p_1 FOR VALUES FROM (0) TO (10);
          CREATE TABLE p_2 PARTITION OF p FOR VALUES FROM (10) TO (20) PARTITION BY RANGE (id);
          CREATE TABLE p_2_all PARTITION OF p_2 DEFAULT;
          INSERT INTO p SELECT i % 20, i, i FROM generate_series(1, 200) i;
          COMMENT ON COLUMN p.total IS 'of all';
          COMMENT ON COLUMN p_1.total IS 'of the first';
          GRANT SELECT, UPDATE ON p TO deny_reader;
          GRANT SELECT ON p_1, p_2_all TO deny_reader, PUBLIC;
          GRANT INSERT ON p_1 TO deny_writer WITH GRANT OPTION;
          GRANT SELECT (total) ON p_2 TO deny_clerk;
          """;

  private static final String SUM =
      """
      change: sum
      operations:
        - alter_column: {table: p, column: total, to: sum, type: int}
      retire: revoke
      """;

  private static List<String> family(Journey journey) throws Exception {
    List<String> lines = new ArrayList<>();
    for (String table : List.of("p", "p_1", "p_2", "p_2_all")) {
      lines.addAll(journey.catalog(table));
    }
    return lines;
  }

  @Test
  void partitionsAreDeniedWithTheirTableAndComeBackAsTheyWere() throws Exception {
    try (Journey journey = DenyRoles.journey(PARTITIONED)) {
      List<String> before = family(journey);
      journey.submitted(SUM).promoted("sum", StageName.RETIRE);
      for (String table : List.of("p", "p_1", "p_2_all")) {
        assertThat(DenyRoles.attempt(journey, "deny_reader", "SELECT total FROM " + table))
            .isEqualTo("permission denied for table " + table);
        assertThat(DenyRoles.attempt(journey, "deny_reader", "SELECT id, sum FROM " + table))
            .isEqualTo("ok");
      }
      // One of them is made, one goes, while the column is denied.
      journey.sql("CREATE TABLE p_3 PARTITION OF p FOR VALUES FROM (20) TO (30)");
      assertThat(journey.rollback("sum", Optional.of(RolloutState.PLANNED)))
          .isInstanceOf(Outcome.Done.class);
      assertThat(family(journey)).isEqualTo(before);
      assertThat(journey.rows(LEFT)).containsExactly("0|0|0");
    }
  }

  @Test
  void andEndLikeARename() throws Exception {
    try (Journey expected = DenyRoles.journey(PARTITIONED);
        Journey journey = DenyRoles.journey(PARTITIONED)) {
      journey.submitted(SUM).promoted("sum", StageName.DROP);
      expected.submitted(SUM.replace("revoke", "rename")).promoted("sum", StageName.DROP);
      assertThat(family(journey)).isEqualTo(family(expected));
      assertThat(journey.rows(LEFT)).containsExactly("0|0|0");
      assertThat(DenyRoles.attempt(journey, "deny_reader", "SELECT * FROM p")).isEqualTo("ok");
    }
  }
}
