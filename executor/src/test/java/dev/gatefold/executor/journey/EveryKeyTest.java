package dev.gatefold.executor.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.rollout.RolloutState;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.planner.plan.Step;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** There and back, and then all the way, on a table with each kind of key, and with none. */
class EveryKeyTest {

  private static final String CHANGE =
      """
      change: x
      operations:
        - alter_column: {table: t, column: total, to: amount, type: bigint}
        - rename_column: {table: t, column: note, to: remark}
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '`',
      textBlock =
          """
          a int, b text, PRIMARY KEY (a, b) ! i % 7, 'b' || i ! the primary key (a, b)
          a int, b text, PRIMARY KEY (b, a) ! i % 7, 'b' || i ! the primary key (b, a)
          a bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, b int ! i, i ! the primary key (a)
          a text COLLATE "C" PRIMARY KEY, b int ! chr(65 + i % 58) || i, i ! the primary key (a)
          a char(6) PRIMARY KEY, b int ! 'c' || i, i ! the primary key (a)
          a uuid PRIMARY KEY, b int ! md5(i::text)::uuid, i ! the primary key (a)
          a timestamptz PRIMARY KEY, b int ! CASE i WHEN 1 THEN 'infinity' WHEN 2 THEN '-infinity' ELSE timestamptz '2024-03-31' + i * interval '1.000001 h' END, i ! the primary key (a)
          a bytea PRIMARY KEY, b int ! decode(md5(i::text), 'hex'), i ! the primary key (a)
          a numeric PRIMARY KEY, b int ! CASE i WHEN 1 THEN 'NaN' ELSE i / 7.0 END, i ! the primary key (a)
          a float8 PRIMARY KEY, b int ! CASE i WHEN 1 THEN 'NaN' WHEN 2 THEN '-Infinity' ELSE i / 7.0 END, i ! the primary key (a)
          a mood, b int, PRIMARY KEY (a, b) ! (enum_range(NULL::mood))[1 + i % 3], i ! the primary key (a, b)
          a int NOT NULL UNIQUE, b text UNIQUE ! i, nullif('b' || i, 'b1') ! the unique index t_a_key (a)
          a int NOT NULL, b text NOT NULL, UNIQUE (b, a) INCLUDE (total) ! i, 'b' || i % 5 ! the unique index t_b_a_total_key (b, a)
          a int UNIQUE, b int ! i, i ! its blocks, for it has no unique key without NULLs that the change leaves alone
          a int, b int ! i % 3, 0 ! its blocks, for it has no unique key without NULLs that the change leaves alone
          a int NOT NULL, b int, UNIQUE (a) DEFERRABLE ! i, 0 ! its blocks, for it has no unique key without NULLs that the change leaves alone
          b int, a int GENERATED ALWAYS AS (b) STORED PRIMARY KEY ! i ! its blocks, for it has no unique key without NULLs that the change leaves alone
          """)
  void thereAndBackAndAllTheWay(String columns, String values, String along) throws Exception {
    try (Journey journey = Journey.on(table(columns, values))) {
      List<String> catalog = journey.catalog("t");
      journey.submitted(CHANGE).promoted("x", StageName.BACKFILL);
      assertThat(along(journey)).containsOnly(along);
      write(journey, "note");
      List<String> rows = journey.rows("SELECT total, note FROM t ORDER BY 1, 2");
      assertThat(journey.rollback("x", Optional.of(RolloutState.PLANNED)))
          .isInstanceOf(Outcome.Done.class);
      assertThat(journey.catalog("t")).isEqualTo(catalog);
      assertThat(journey.rows("SELECT total, note FROM t ORDER BY 1, 2")).isEqualTo(rows);

      journey.submitted(CHANGE.replace("change: x", "change: y")).promoted("y", StageName.EXPAND);
      write(journey, "note");
      journey.promoted("y", StageName.BACKFILL);
      rows = journey.rows("SELECT total::bigint, note FROM t ORDER BY 1, 2");
      journey.promoted("y", StageName.DROP);
      assertThat(journey.rows("SELECT amount, remark FROM t ORDER BY 1, 2")).isEqualTo(rows);
      assertThat(journey.rollout("y").progress().done()).isEqualTo(rows.size());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "CREATE UNIQUE INDEX k ON t (a DESC), the unique index k (a)",
    "CREATE UNIQUE INDEX k ON t (a NULLS FIRST), the unique index k (a)",
    "CREATE UNIQUE INDEX k ON t (a) INCLUDE (b), the unique index k (a)",
    "CREATE UNIQUE INDEX k ON t (a) WHERE b > 0, 'its blocks'",
    "CREATE UNIQUE INDEX k ON t (a) INCLUDE (total), the unique index k (a)",
  })
  void alongAnIndex(String index, String along) throws Exception {
    try (Journey journey = Journey.on(table("a int NOT NULL, b int", "i, i") + index)) {
      journey.submitted(CHANGE);
      assertThat(along(journey)).isNotEmpty().allMatch(it -> it.startsWith(along));
      journey.promoted("x", StageName.DROP);
      assertThat(journey.rows("SELECT count(*) FROM t WHERE amount % 10 = 0 AND amount > 0"))
          .containsExactly("300");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'CREATE UNIQUE INDEX k ON t (note)', its blocks",
    "'CREATE UNIQUE INDEX k ON t (a, note)', its blocks",
    "'CREATE UNIQUE INDEX k ON t (a, note); CREATE UNIQUE INDEX z ON t (a, b)', 'the unique index z (a, b)'",
  })
  void aKeyThatTheChangeTouchesIsLeftAlone(String index, String along) throws Exception {
    try (Journey journey =
        Journey.on(
            table("a int NOT NULL, b int NOT NULL", "i, i")
                + "ALTER TABLE t ALTER COLUMN note SET NOT NULL;"
                + index)) {
      journey.submitted(CHANGE);
      assertThat(along(journey)).isNotEmpty().allMatch(it -> it.startsWith(along));
      journey.promoted("x", StageName.DROP);
      assertThat(journey.rows("SELECT count(remark) FROM t")).containsExactly("300");
    }
  }

  /** 300 rows with a text that becomes a number, and another one that gets another name. */
  private static String table(String columns, String values) {
    return """
    CREATE TYPE mood AS ENUM ('so', 'bad', 'la');
    CREATE TABLE t (total text, note text, %s);
    INSERT INTO t OVERRIDING SYSTEM VALUE
    SELECT (i * 10)::text, 'n' || i, %s FROM generate_series(1, 300) i;
    """
        .formatted(columns, values);
  }

  private static List<String> along(Journey journey) throws Exception {
    return journey.rollout("x").plan().stages().stream()
        .flatMap(stage -> stage.steps().stream())
        .filter(Step.VerifyRows.class::isInstance)
        .map(Step::rowsAlong)
        .flatMap(Optional::stream)
        .toList();
  }

  /** As an application of the old version would, between two stages. */
  private static void write(Journey journey, String note) throws Exception {
    journey.sql(
        """
        UPDATE t SET total = total::bigint + 1 WHERE total LIKE '%%70';
        UPDATE t SET %1$s = 'changed' WHERE %1$s LIKE 'n%%8';
        DELETE FROM t WHERE %1$s IN ('n9', 'n150');
        """
            .formatted(note));
  }
}
