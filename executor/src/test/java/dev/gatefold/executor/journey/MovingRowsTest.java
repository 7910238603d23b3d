package dev.gatefold.executor.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.plan.StageName;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows that go from before a pass to behind it, while it is under way. */
class MovingRowsTest {

  private static final String KEYED = "CREATE TABLE t (id int PRIMARY KEY, total text, n int);";

  private static final String KEYLESS =
      "CREATE TABLE t (id int, total text, n int) WITH (fillfactor = 50);";

  private static final String ROWS =
      """
      INSERT INTO t SELECT i, i::text, 0 FROM generate_series(1, 25000) i;
      ANALYZE t;
      """;

  private static final String CHANGE =
      """
      change: x
      operations:
        - alter_column: {table: t, column: total, to: amount, type: bigint}
      """;

  /** A row near the end that is wrong, as it comes to be behind the sync's back. */
  private static final String WRONG =
      """
      ALTER TABLE t DISABLE TRIGGER USER;
      UPDATE t SET amount = -1 WHERE id = 24990;
      DO $$ DECLARE g record; BEGIN
        FOR g IN SELECT tgname FROM pg_trigger WHERE tgrelid = 't'::regclass AND NOT tgisinternal
        LOOP EXECUTE format('ALTER TABLE t ENABLE ALWAYS TRIGGER %I', g.tgname); END LOOP;
      END $$;
      """;

  @Test
  void alongAKeyAWrongRowIsMadeRightWhenItMovesBehindTheFirstVerification() throws Exception {
    try (Journey journey = Journey.on(KEYED + ROWS)) {
      Amid amid = amid(journey, "backfill.verify", "UPDATE t SET id = -id WHERE id = 24990");
      assertThat(verifiedWith(journey, amid)).isInstanceOf(Outcome.Done.class);
      assertThat(amid.happened()).isTrue();
      assertThat(journey.rows("SELECT amount FROM t WHERE id = -24990")).containsExactly("24990");
    }
  }

  @Test
  void alongAKeyAWrongRowMayNotMoveOnceBothWaysAreOpen() throws Exception {
    try (Journey journey = Journey.on(KEYED + ROWS)) {
      journey.submitted(CHANGE).promoted("x", StageName.BACKFILL);
      journey.sql(WRONG);
      Amid amid =
          new Amid(
              "retire.verify",
              () ->
                  assertThat(refusal(journey, "UPDATE t SET id = -id WHERE id = 24990"))
                      .isEqualTo("GF003"));
      assertThat(promote(journey, StageName.RETIRE, amid)).isInstanceOf(Outcome.Differs.class);
      assertThat(amid.happened()).isTrue();
      journey.sql("UPDATE t SET id = -id, amount = 24990 WHERE id = 24990");
      journey.promoted("x", StageName.DROP);
    }
  }

  @Test
  void withoutAKeyTheSnapshotShowsItWhereItWas() throws Exception {
    try (Journey journey = Journey.on(KEYLESS + ROWS)) {
      Amid amid =
          amid(
              journey,
              "backfill.verify",
              "DELETE FROM t WHERE id < 200; UPDATE t SET n = 1 WHERE id = 24990");
      assertThat(verifiedWith(journey, amid))
          .isInstanceOfSatisfying(
              Outcome.Differs.class,
              differs -> {
                assertThat(differs.mismatches()).isEqualTo(1);
                assertThat(differs.rows().get(0).key().toString()).startsWith("ctid (");
              });
      journey.sql("UPDATE t SET total = total || '0' WHERE id = 24990");
      journey.promoted("x", StageName.DROP);
      assertThat(journey.rows("SELECT amount FROM t WHERE id = 24990")).containsExactly("249900");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {KEYED, KEYLESS})
  void writesAndARewriteInTheMiddleOfTheBackfillLoseNothing(String table) throws Exception {
    try (Journey journey = Journey.on(table + ROWS)) {
      journey.submitted(CHANGE).promoted("x", StageName.EXPAND);
      Amid amid =
          new Amid(
              "backfill.rows",
              () -> {
                journey.sql("DELETE FROM t WHERE id < 400");
                journey.sql("VACUUM FULL t");
                journey.sql("UPDATE t SET id = -id WHERE id > 24000");
                journey.sql("UPDATE t SET id = id + 100000 WHERE id BETWEEN 1 AND 600");
              });
      assertThat(promote(journey, StageName.BACKFILL, amid)).isInstanceOf(Outcome.Done.class);
      assertThat(amid.happened()).isTrue();
      journey.promoted("x", StageName.DROP);
      assertThat(journey.rows("SELECT count(*), count(amount) FROM t"))
          .containsExactly("24601|24601");
      assertThat(journey.rows("SELECT count(*) FROM t WHERE amount <> abs(id) % 100000"))
          .containsExactly("0");
    }
  }

  /** A wrong row that others move in the middle of a step. */
  private static Amid amid(Journey journey, String step, String move) {
    return new Amid(step, () -> journey.sql(move));
  }

  /** The stage of the backfill with a wrong row that comes up just before the verification. */
  private static Outcome verifiedWith(Journey journey, Amid amid) throws SQLException {
    journey.submitted(CHANGE).promoted("x", StageName.EXPAND);
    journey.promoteWith(
        "x",
        StageName.BACKFILL,
        "backfill.verify",
        () -> {
          journey.sql(WRONG);
          journey.rollouts().pause(new ChangeName("x"));
        });
    journey.rollouts().resume(new ChangeName("x"));
    return promote(journey, StageName.BACKFILL, amid);
  }

  private static Outcome promote(Journey journey, StageName stage, Amid amid) throws SQLException {
    return journey.rollouts().promote(new ChangeName("x"), Journey.order(stage), amid);
  }

  private static String refusal(Journey journey, String sql) {
    try {
      journey.sql(sql);
      return "";
    } catch (SQLException e) {
      return String.valueOf(e.getSQLState());
    }
  }
}
