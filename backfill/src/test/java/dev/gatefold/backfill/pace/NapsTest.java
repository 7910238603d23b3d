package dev.gatefold.backfill.pace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class NapsTest {

  private static final Duration TARGET = Duration.ofMillis(20);
  private static final Breath TWENTY = new Breath(20);

  private static Naps after(int batches, Duration slept) {
    Naps naps = Naps.USUAL;
    for (int i = 0; i < batches; i++) {
      naps = naps.measured(TWENTY, 200, slept);
    }
    return naps;
  }

  @Test
  void withNapsFewerRowsTakeTheTime() {
    // 2,000 rows of 10 microseconds; with a 20th of 1.1 ms each.
    assertThat(Naps.USUAL.fitting(TWENTY, 2_000, TARGET)).isEqualTo(307);
    assertThat(Naps.USUAL.fitting(TWENTY, 1, TARGET)).isEqualTo(1);
    assertThat(Naps.USUAL.fitting(Breath.HELD, 2_000, TARGET)).isEqualTo(2_000);
  }

  @Test
  void whereWakingUpTakesLongerThereAreFewer() {
    // Ten naps a batch.
    Naps naps = after(30, Duration.ofMillis(50));
    assertThat(naps.nap()).isBetween(Duration.ofMillis(4), Duration.ofMillis(5));
    assertThat(naps.fitting(TWENTY, 2_000, TARGET)).isBetween(70, 90);
  }

  @Test
  void whereNobodyMaySleepTheyTakeNothing() {
    assertThat(after(50, Duration.ZERO).fitting(TWENTY, 2_000, TARGET)).isGreaterThan(1_990);
  }

  @Test
  void withoutNapsNothingIsLearned() {
    assertThat(Naps.USUAL.measured(Breath.HELD, 200, Duration.ZERO)).isEqualTo(Naps.USUAL);
    assertThat(Naps.USUAL.measured(TWENTY, 19, Duration.ZERO)).isEqualTo(Naps.USUAL);
  }
}
