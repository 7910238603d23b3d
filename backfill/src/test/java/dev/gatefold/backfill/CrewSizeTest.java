package dev.gatefold.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Workers come while they are worth it and go when others need the server. */
class CrewSizeTest {

  private final CrewSize size = new CrewSize(0);
  private long nanos;

  private int after(Duration time, long rows, double share, int most) {
    nanos += time.toNanos();
    return size.after(nanos, rows, share, most);
  }

  @Test
  void oneMoreIsKeptWhereAllTogetherMoveMarkedlyMore() {
    assertThat(after(Duration.ofMillis(900), 1000, 1, 3)).isEqualTo(1);
    assertThat(after(Duration.ofMillis(1100), 1000, 1, 3)).isEqualTo(2);
    assertThat(after(Duration.ofSeconds(2), 2800, 1, 3)).isEqualTo(3);
    assertThat(after(Duration.ofSeconds(2), 3600, 1, 3)).isEqualTo(3);
  }

  @Test
  void oneThatGainsNothingGoesAndIsNotTriedAgainForAWhile() {
    after(Duration.ofSeconds(2), 2000, 1, 2);
    assertThat(after(Duration.ofSeconds(2), 2200, 1, 2)).isEqualTo(1);
    assertThat(after(Duration.ofSeconds(30), 30_000, 1, 2)).isEqualTo(1);
    assertThat(after(Duration.ofSeconds(31), 31_000, 1, 2)).isEqualTo(2);
  }

  @Test
  void underPressureThereIsOneAtOnce() {
    after(Duration.ofSeconds(2), 2000, 1, 2);
    assertThat(after(Duration.ofMillis(10), 10, 0.5, 2)).isEqualTo(1);
    assertThat(after(Duration.ofMillis(10), 10, 1, 2)).isEqualTo(1);
    assertThat(after(Duration.ofSeconds(2), 2000, 1, 2)).isEqualTo(2);
  }

  @Test
  void fewerMayBeAskedForMeanwhile() {
    after(Duration.ofSeconds(2), 2000, 1, 3);
    after(Duration.ofSeconds(2), 4000, 1, 3);
    assertThat(after(Duration.ofMillis(10), 10, 1, 1)).isEqualTo(1);
  }
}
