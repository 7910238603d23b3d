package dev.gatefold.backfill.pace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntToLongFunction;
import org.junit.jupiter.api.Test;

class BatchSizerTest {

  private static final Duration TARGET = Duration.ofMillis(20);

  /** Runs batches on a server that takes so many nanoseconds for a batch of a given size. */
  private static BatchSizer after(BatchSizer sizer, int batches, IntToLongFunction nanos) {
    BatchSizer now = sizer;
    for (int i = 0; i < batches; i++) {
      now = now.measured(now.size(), Duration.ofNanos(nanos.applyAsLong(now.size())));
    }
    return now;
  }

  @Test
  void startsAtFiveHundred() {
    assertThat(BatchSizer.start(TARGET).size()).isEqualTo(500);
    assertThatThrownBy(() -> BatchSizer.start(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void settlesWhereABatchTakesTheTargetTime() {
    for (long nanosPerRow : new long[] {3_000, 10_000, 40_000, 250_000, 1_500_000}) {
      BatchSizer settled = after(BatchSizer.start(TARGET), 500, rows -> rows * nanosPerRow);
      assertThat((double) settled.size() * nanosPerRow / TARGET.toNanos())
          .as("at %s ns a row", nanosPerRow)
          .isBetween(0.9, 1.1);
    }
  }

  @Test
  void growsByAtMostHalfAndOnlyAfterSeveralSamples() {
    BatchSizer sizer = BatchSizer.start(TARGET);
    assertThat(after(sizer, BatchSizer.SAMPLES - 1, rows -> 0).size()).isEqualTo(500);
    assertThat(after(sizer, BatchSizer.SAMPLES, rows -> 0).size()).isEqualTo(750);
    assertThat(after(sizer, 2 * BatchSizer.SAMPLES - 1, rows -> 0).size()).isEqualTo(750);
  }

  @Test
  void staysBetweenFloorAndCeilingWhateverIsMeasured() {
    Random random = new Random(7);
    BatchSizer sizer = BatchSizer.start(TARGET);
    List<Integer> sizes = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      int before = sizer.size();
      // Idle and overloaded spells, so that both ends are reached.
      long nanos = (i / 1000) % 2 == 0 ? random.nextInt(1000) : random.nextInt(400_000_000);
      sizer = sizer.measured(before, Duration.ofNanos(nanos));
      assertThat(sizer.size()).isLessThanOrEqualTo((int) Math.ceil(before * 1.5));
      sizes.add(sizer.size());
    }
    assertThat(sizes).allMatch(size -> size >= BatchSizer.FLOOR && size <= BatchSizer.CEILING);
    assertThat(sizes).contains(BatchSizer.FLOOR, BatchSizer.CEILING);
  }

  @Test
  void oneBatchOfMoreThanFiveTimesTheTargetIsEnoughToShrink() {
    BatchSizer sizer = BatchSizer.start(TARGET);
    assertThat(sizer.measured(500, TARGET.multipliedBy(5)).size()).isEqualTo(500);
    assertThat(sizer.measured(500, TARGET.multipliedBy(5).plusNanos(1)).size()).isEqualTo(50);
    assertThat(sizer.measured(3, TARGET.multipliedBy(6)).size()).isEqualTo(50);
  }

  @Test
  void oneSlowBatchInTenIsForgivenTwoAreNot() {
    BatchSizer one = after(BatchSizer.start(TARGET), 9, rows -> TARGET.toNanos());
    assertThat(one.measured(500, TARGET.multipliedBy(4)).size()).isEqualTo(500);
    BatchSizer two = after(BatchSizer.start(TARGET), 8, rows -> TARGET.toNanos());
    assertThat(after(two, 2, rows -> TARGET.toNanos() * 4).size()).isEqualTo(125);
  }

  @Test
  void theTimeOfASmallerBatchSaysNothingAboutTheSize() {
    BatchSizer sizer = BatchSizer.start(TARGET);
    for (int i = 0; i < 100; i++) {
      sizer = sizer.measured(499, Duration.ZERO);
    }
    assertThat(sizer.size()).isEqualTo(500);
  }

  @Test
  void conflictsBringItToOneRowAndItClimbsBack() {
    BatchSizer sizer = BatchSizer.start(TARGET).shrunkTo(0);
    assertThat(sizer.size()).isEqualTo(1);
    assertThat(after(sizer, BatchSizer.SAMPLES, rows -> 0).size()).isEqualTo(2);
    assertThat(after(sizer, 300, rows -> 0).size()).isEqualTo(BatchSizer.CEILING);
    assertThat(sizer.measured(1, TARGET.multipliedBy(9)).size()).isEqualTo(1);
    assertThat(sizer.shrunkTo(100).size()).isEqualTo(1);
  }

  @Test
  void isImmutable() {
    BatchSizer sizer = BatchSizer.start(TARGET);
    sizer.measured(500, TARGET.multipliedBy(100));
    after(sizer, 9, rows -> 0);
    assertThat(after(sizer, 9, rows -> 0).size()).isEqualTo(500);
  }

  @Test
  void aBatchWithNapsTellsWhatOneWithoutWouldTake() {
    BatchSizer sizer = BatchSizer.start(TARGET);
    for (int i = 0; i < BatchSizer.SAMPLES; i++) {
      sizer = sizer.measured(TARGET.multipliedBy(50), TARGET);
    }
    assertThat(sizer.size()).as("a guess is no panic").isEqualTo(100);
    assertThat(sizer.measured(TARGET, TARGET.multipliedBy(6)).size()).isEqualTo(10);
  }
}
