package dev.gatefold.executor.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.backfill.progress.Progress;
import dev.gatefold.executor.engine.StageListener;
import dev.gatefold.executor.journey.Journey;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.plan.StageName;
import dev.gatefold.planner.plan.Step;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A backfill outlives its connections: no command has to be given anew. */
class LostConnectionTest {

  private static final int ROWS = 6000;

  /** Ends each session of Gatefold's, twice. */
  private static final class Ending implements StageListener {

    private final Journey journey;
    private final List<String> waits = new ArrayList<>();
    private int heard;

    Ending(Journey journey) {
      this.journey = journey;
    }

    @Override
    public void progress(Step step, Progress progress) {
      heard++;
      if (heard == 3 || heard == 8) {
        try {
          journey.sql(
              """
              SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
              WHERE application_name = 'gatefold' AND datname = current_database()
                AND pid <> pg_backend_pid()""");
        } catch (Exception e) {
          throw new IllegalStateException(e);
        }
      }
    }

    @Override
    public void waiting(Step step, String reason) {
      waits.add(reason);
    }
  }

  @Test
  void theBackfillGoesOnByItself() throws Exception {
    try (Journey journey =
        Journey.on(
            """
            CREATE TABLE item (id int PRIMARY KEY, name text);
            INSERT INTO item SELECT i, i FROM generate_series(1, %d) i;
            ANALYZE item;
            """
                .formatted(ROWS))) {
      journey
          .submitted(
              """
              change: item
              operations: [{alter_column: {table: item, column: name, to: label, type: bigint}}]
              backfill: {max_rows_per_second: 2000}
              """)
          .promoted("item", StageName.EXPAND);
      Ending ending = new Ending(journey);
      assertThat(
              journey
                  .rollouts()
                  .promote(new ChangeName("item"), Journey.order(StageName.BACKFILL), ending))
          .isInstanceOf(Outcome.Done.class);
      assertThat(ending.waits).anyMatch(it -> it.startsWith("the connection was lost ("));
      assertThat(journey.rows("SELECT count(*) FROM item WHERE label = name::bigint"))
          .containsExactly(Integer.toString(ROWS));
    }
  }
}
