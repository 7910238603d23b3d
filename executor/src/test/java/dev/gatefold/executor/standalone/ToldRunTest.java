package dev.gatefold.executor.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.executor.LiveRollouts;
import dev.gatefold.executor.database.DatabaseUrl;
import dev.gatefold.executor.filling.Filling;
import dev.gatefold.executor.outcome.Outcome;
import dev.gatefold.executor.store.SpeedStore.Heard;
import dev.gatefold.planner.change.ChangeName;
import dev.gatefold.planner.change.PaceSetting;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What others see of a run: how fast it is, what holds it back and what it costs. */
class ToldRunTest {

  private static final int ROWS = 3000;

  private static final String FILE =
      "{backfill: x, table: item, set: {country: \"coalesce(country, 'DE')\"},"
          + " max_rows_per_second: 2000}";

  @Test
  void othersSeeHowItIsDoing() throws SQLException {
    try (Fills fills = Fills.items(ROWS);
        LiveRollouts other =
            LiveRollouts.open(DatabaseUrl.parse(fills.journey().database().url()))) {
      List<Filling> seen = new ArrayList<>();
      assertThat(
              fills.run(
                  FILE,
                  progress -> {
                    // What is said of a batch is said after this.
                    seen.add(filling(other));
                    give(other);
                  }))
          .isInstanceOf(Outcome.Done.class);
      Filling running = seen.get(1);
      assertThat(running.heard())
          .singleElement()
          .satisfies(
              heard -> {
                assertThat(heard.table()).isEqualTo("public.item");
                assertThat(heard.processes()).isEqualTo(1);
                assertThat(heard.deadTuples()).isPositive();
              });
      assertThat(running.steered())
          .singleElement()
          .satisfies(it -> assertThat(it.file()).isEqualTo("2000"));

      Heard end = filling(other).heard().get(0);
      assertThat(end.processes()).isZero();
      assertThat(end.deadTuples()).isEqualTo(ROWS);
      assertThat(end.serverWal()).isPositive();

      // The next run writes nothing, and speaks for itself.
      assertThat(fills.run(FILE)).isInstanceOf(Outcome.Done.class);
      assertThat(filling(other).heard().get(0).deadTuples()).isZero();
      assertThat(fills.rows("SELECT count(DISTINCT subject_id) FROM gatefold.speed"))
          .containsExactly("1");
    }
  }

  private static Filling filling(LiveRollouts rollouts) {
    try {
      return rollouts.backfills().list().get(0).filling();
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private static void give(LiveRollouts rollouts) {
    try {
      rollouts
          .backfills()
          .pace(new ChangeName("x"), Map.of(PaceSetting.MAX_ROWS_PER_SECOND, "3000"), false);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}
