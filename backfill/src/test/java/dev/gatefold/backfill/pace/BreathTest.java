package dev.gatefold.backfill.pace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.backfill.testing.Scene;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BreathTest {

  private static final Duration TARGET = Duration.ofMillis(20);
  private static final Breath TWENTY = new Breath(20);

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 20})
  void choosesTheSameRows(int rows) throws Exception {
    try (Scene scene = Scene.items(0)) {
      assertThat(
              scene.database.queryLines(
                  "SELECT count(*) FROM generate_series(1, 400) AS n WHERE "
                      + new Breath(rows).at("n > 300 OR NULLIF(n, 5) = 7")))
          .isEqualTo(List.of("101"));
    }
  }

  @Test
  void theSmallerTheShareTheMoreOften() {
    assertThat(Breath.writing(0.5).rows()).isEqualTo(220);
    assertThat(Breath.writing(0.25).rows()).isEqualTo(73);
    assertThat(Breath.writing(0.01).rows()).isEqualTo(20);
    assertThat(Breath.reading(0.5).rows()).isEqualTo(1_100);
    assertThat(Breath.reading(0.01).rows()).isEqualTo(200);
  }

  @Test
  void aloneItIsHeldAndWhereNothingMayBeDone() {
    assertThat(Breath.writing(1)).isEqualTo(Breath.HELD);
    assertThat(Breath.writing(0)).isEqualTo(Breath.HELD);
  }

  @Test
  void withNapsFewerRowsTakeTheTime() {
    // 2,000 rows of 10 microseconds; with a 20th of 1.1 ms each.
    assertThat(TWENTY.fitting(2_000, TARGET)).isEqualTo(307);
    assertThat(TWENTY.fitting(1, TARGET)).isEqualTo(1);
    assertThat(Breath.HELD.fitting(2_000, TARGET)).isEqualTo(2_000);
  }

  @Test
  void whoSleptForSomeOfTheTimeWorkedForTheRest() {
    Duration took = Duration.ofMillis(40);
    assertThat(TWENTY.slept(400, took)).isEqualTo(Duration.ofMillis(22));
    assertThat(TWENTY.slept(10, took)).isEqualTo(Duration.ofNanos(550_000));
    assertThat(Breath.HELD.slept(400, took)).isZero();
  }

  @Test
  void howeverManyNapsThereWereSomeOfTheTimeWasWork() {
    assertThat(TWENTY.slept(5_000, Duration.ofMillis(40))).isEqualTo(Duration.ofMillis(36));
  }
}
