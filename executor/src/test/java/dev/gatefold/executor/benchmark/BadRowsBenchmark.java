package dev.gatefold.executor.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.engine.StageListener;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.planner.plan.Step;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * What it costs to find and to leave out 200 rows that cannot be converted among 1,000,000, beside
 * the same table without such rows.
 */
class BadRowsBenchmark {

  private static final long ROWS = 1_000_000;
  private static final int BAD = 200;
  private static final int ROUNDS = 3;

  private static final String FILE =
      """
      change: totals
      operations:
        - alter_column: {table: items, column: total, to: amount, type: bigint}
      backfill: {on_bad_row: keep}
      """;

  @Test
  void amongAMillion() throws Exception {
    Figures figures =
        new Figures(
            "200 rows that cannot be converted among 1,000,000, seconds",
            "round",
            "none is bad",
            "200 are bad",
            "ratio");
    for (int round = 1; round <= ROUNDS; round++) {
      double none = seconds(0);
      double bad = seconds(BAD);
      figures.row(
          Integer.toString(round),
          Figures.number(none),
          Figures.number(bad),
          Figures.number(bad / none));
    }
    figures.write("bad-rows");
  }

  private static double seconds(int bad) throws Exception {
    try (Bench bench = Bench.open()) {
      bench.table("items", ROWS, "");
      bench.run("ALTER TABLE items ALTER total TYPE text");
      bench.run(
          "UPDATE items SET total = 'n/a' WHERE id %% %d = 0 AND id <= %d"
              .formatted(ROWS / BAD, bad * (ROWS / BAD)));
      bench.run("VACUUM (FREEZE, ANALYZE) items");
      bench.run("CHECKPOINT");
      bench.submit(FILE);
      bench.promote(StageName.EXPAND);
      Filling filling = new Filling();
      Outcome outcome = bench.tryToPromote(StageName.BACKFILL, filling);
      if (bad > 0) {
        assertThat(outcome)
            .isInstanceOfSatisfying(
                Outcome.Stopped.class, it -> assertThat(it.rows()).hasSize(bad));
        assertThat(
                bench.number(
                    "SELECT count(*) FROM items WHERE amount = total::bigint"
                        + " AND total <> 'n/a'"))
            .isEqualTo(ROWS - bad);
      } else {
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
      }
      return filling.seconds();
    }
  }

  /** Takes the time of the first step, whether it ends well or not. */
  private static final class Filling implements StageListener {

    private final long began = System.nanoTime();
    private Optional<Long> ended = Optional.empty();

    @Override
    public void done(Step step, Duration took) {
      if (ended.isEmpty()) {
        ended = Optional.of(System.nanoTime());
      }
    }

    double seconds() {
      return (ended.orElseGet(System::nanoTime) - began) / 1e9;
    }
  }
}
