package dev.gatefold.backfill.pace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BatchSizesTest {

  private static final Duration TARGET = Duration.ofMillis(20);

  private final BatchSizes sizes = new BatchSizes(TARGET);

  /** Batches that all take so long, until the size may have changed. */
  private void batches(Duration took) {
    for (int i = 0; i < BatchSizer.SAMPLES; i++) {
      sizes.measured(sizes.size(), took);
    }
  }

  @Test
  void eachWayToGoHasASizeOfItsOwn() {
    batches(TARGET.dividedBy(10));
    assertThat(sizes.size()).isEqualTo(750);
    sizes.goOn(Breath.WRITING, TARGET);
    assertThat(sizes.size()).isEqualTo(BatchSizer.START);
    batches(TARGET.multipliedBy(2));
    assertThat(sizes.size()).isEqualTo(250);
    sizes.goOn(Breath.HELD, TARGET);
    assertThat(sizes.size()).isEqualTo(750);
    sizes.goOn(Breath.WRITING, TARGET);
    assertThat(sizes.size()).isEqualTo(250);
  }

  @Test
  void whoIsHinderedIsSoHoweverHeGoes() {
    sizes.goOn(Breath.WRITING, TARGET);
    sizes.shrinkTo(10);
    sizes.goOn(Breath.HELD, TARGET);
    sizes.shrinkTo(100);
    assertThat(sizes.size()).isEqualTo(100);
    sizes.goOn(Breath.WRITING, TARGET);
    assertThat(sizes.size()).isEqualTo(10);
  }

  @Test
  void anotherTargetIsMeantForAll() {
    sizes.goOn(Breath.WRITING, TARGET.multipliedBy(4));
    batches(TARGET.multipliedBy(8));
    assertThat(sizes.size()).isEqualTo(250);
    sizes.goOn(Breath.HELD, TARGET.multipliedBy(4));
    batches(TARGET.multipliedBy(8));
    assertThat(sizes.size()).isEqualTo(250);
  }
}
