package dev.gatefold.backfill.pace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.backfill.testing.Scene;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BreathTest {

  @ParameterizedTest
  @EnumSource
  void choosesTheSameRows(Breath breath) throws Exception {
    try (Scene scene = Scene.items(0)) {
      assertThat(
              scene.database.queryLines(
                  "SELECT count(*) FROM generate_series(1, 900) AS n WHERE "
                      + breath.at("n > 800 OR NULLIF(n, 5) IS NULL")))
          .isEqualTo(List.of("101"));
    }
  }

  @Test
  void whoSleptForSomeOfTheTimeWorkedForTheRest() {
    Duration took = Duration.ofMillis(40);
    assertThat(Breath.WRITING.slept(400, took)).isEqualTo(Duration.ofMillis(22));
    assertThat(Breath.READING.slept(4_000, took)).isEqualTo(Duration.ofMillis(22));
    assertThat(Breath.HELD.slept(500, took)).isZero();
  }

  @Test
  void howeverManyNapsThereWereSomeOfTheTimeWasWork() {
    assertThat(Breath.WRITING.slept(5_000, Duration.ofMillis(40))).isEqualTo(Duration.ofMillis(36));
  }

  @Test
  void nextToOthersTheEndOfARangeIsNotFar() {
    assertThat(Breath.READING.atMost(50_000)).isEqualTo(5_000);
    assertThat(Breath.WRITING.atMost(10_000)).isEqualTo(10_000);
  }
}
