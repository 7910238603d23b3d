package dev.gatefold.executor.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.engine.StageListener;
import dev.gatefold.executor.journey.Journey;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.plan.StageName;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Kill -9 in the middle of a verification: what was compared is not compared again. */
class KilledVerificationTest {

  private static final String CHANGE =
      """
      change: total
      operations:
        - alter_column: {table: orders, column: total, to: amount, type: bigint}
      """;

  private static final String RANGES =
      "SELECT verification_id, number, after_key, end_key, rows, compared_at"
          + " FROM gatefold.verification_range ORDER BY verification_id, number";

  private static Journey backfilled(String key) throws Exception {
    return Journey.on(
            """
            CREATE TABLE orders (id bigint %s, total int);
            INSERT INTO orders SELECT i, i FROM generate_series(1, 40000) i;
            ANALYZE orders;
            """
                .formatted(key))
        .submitted(CHANGE)
        .promoted("total", StageName.BACKFILL);
  }

  /** What stands in the record of the pass that was under way. */
  private static List<String> killedAfterSomeRanges(Journey journey) throws Exception {
    try (ExecutorProcess process = ExecutorProcess.start()) {
      process.send(
          Command.of(journey.database().url(), "total", Command.Verb.VERIFY, "")
              .standingStillAt("rows ", 2));
      assertThat(process.await(line -> line.equals("still"))).isPresent();
      process.kill();
    }
    List<String> ranges = journey.rows(RANGES);
    assertThat(ranges).hasSizeGreaterThan(2);
    assertThat(
            journey.rows("SELECT sum(rows) < 40000 FROM gatefold.verification_range" + UNDER_WAY))
        .containsExactly("t");
    return ranges;
  }

  private static final String UNDER_WAY =
      " WHERE verification_id IN (SELECT id FROM gatefold.verification WHERE ended_at IS NULL)";

  private static List<String> underWay(Journey journey) throws Exception {
    return journey.rows(RANGES.replace(" ORDER", UNDER_WAY + " ORDER"));
  }

  private static Outcome verify(Journey journey) throws Exception {
    return journey.rollouts().verify(new ChangeName("total"), StageListener.SILENT);
  }

  private static List<String> anew(Journey journey) throws Exception {
    return journey.rows("SELECT text FROM gatefold.history WHERE kind = 'verifies-anew'");
  }

  @Test
  void goesOnWhereItWas() throws Exception {
    try (Journey journey = backfilled("PRIMARY KEY")) {
      killedAfterSomeRanges(journey);
      List<String> compared = underWay(journey);
      assertThat(journey.rollouts().verifications().get(new ChangeName("total")))
          .singleElement()
          .satisfies(it -> assertThat(it.ranges()).isEqualTo(compared.size()));
      journey.sql("UPDATE orders SET amount = amount + 1 WHERE id % 100 = 1");

      assertThat(verify(journey))
          .isInstanceOfSatisfying(
              Outcome.Done.class,
              done -> assertThat(done.message()).isEqualTo("40000 rows compared, none differs"));

      assertThat(journey.rollouts().verifications()).isEmpty();
      // The same lines, with the times at which they were compared, and others behind them.
      List<String> all = journey.rows(RANGES);
      assertThat(all)
          .startsWith(compared.toArray(String[]::new))
          .hasSizeGreaterThan(compared.size());
      assertThat(journey.rows("SELECT sum(rows) FROM gatefold.verification_range"))
          .containsExactly("40000");
      assertThat(anew(journey)).isEmpty();
    }
  }

  @Test
  void soDoesTheOneThatAStageBeginsWith() throws Exception {
    try (Journey journey = backfilled("PRIMARY KEY")) {
      killedAfterSomeRanges(journey);
      List<String> compared = underWay(journey);
      journey.promoted("total", StageName.RETIRE);
      assertThat(journey.rows(RANGES)).startsWith(compared.toArray(String[]::new));
    }
  }

  @Test
  void aRowThatIsWrongOnEitherSideIsFound() throws Exception {
    try (Journey journey = backfilled("PRIMARY KEY")) {
      spoil(journey, "id IN (5, 39999)");
      killedAfterSomeRanges(journey);
      assertThat(verify(journey))
          .isInstanceOfSatisfying(
              Outcome.Differs.class,
              differs ->
                  assertThat(differs.rows())
                      .extracting(row -> row.key().toString())
                      .containsExactly("5", "39999"));

      // Mended between: what had differed is compared once more.
      killedAfterSomeRanges(journey);
      journey.sql("UPDATE orders SET total = -id WHERE id IN (5, 39999)");
      assertThat(verify(journey)).isInstanceOf(Outcome.Done.class);
      assertThat(anew(journey)).isEmpty();
    }
  }

  @Test
  void aSyncThatWasTouchedMeansBeginningAnew() throws Exception {
    try (Journey journey = backfilled("PRIMARY KEY")) {
      killedAfterSomeRanges(journey);
      spoil(journey, "id = 1");
      assertThat(verify(journey))
          .isInstanceOfSatisfying(
              Outcome.Differs.class, differs -> assertThat(differs.mismatches()).isEqualTo(1));
      assertThat(anew(journey))
          .containsExactly("public.orders: the sync was made anew or touched since");
    }
  }

  @Test
  void inOneSnapshotThereIsNothingToGoOnWith() throws Exception {
    try (Journey journey = backfilled("NOT NULL")) {
      killedAfterSomeRanges(journey);
      List<String> compared = underWay(journey);
      assertThat(verify(journey)).isInstanceOf(Outcome.Done.class);
      assertThat(journey.rows(RANGES)).doesNotContainAnyElementsOf(compared);
    }
  }

  /** Writes behind the sync's back. */
  private static void spoil(Journey journey, String rows) throws Exception {
    journey.sql(
        """
        ALTER TABLE orders DISABLE TRIGGER USER;
        UPDATE orders SET amount = -1 WHERE %s;
        DO $do$ DECLARE g record; BEGIN
          FOR g IN SELECT tgname FROM pg_trigger WHERE tgname LIKE '~gate%%'
          LOOP EXECUTE format('ALTER TABLE orders ENABLE ALWAYS TRIGGER %%I', g.tgname); END LOOP;
        END $do$;
        """
            .formatted(rows));
  }
}
