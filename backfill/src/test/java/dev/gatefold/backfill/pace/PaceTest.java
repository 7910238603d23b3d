package dev.gatefold.backfill.pace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.backfill.testing.ManualTime;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class PaceTest {

  private final ManualTime time = new ManualTime();

  @Test
  void withoutABoundNobodyWaits() {
    Pace pace = new Pace(time);
    assertThat(Pace.atMost(10_000, OptionalLong.empty())).isEqualTo(10_000);
    pace.begin();
    assertThat(pace.pauseAfter(1_000_000, OptionalLong.empty())).isZero();
  }

  @Test
  void waitsForWhatTheWorkItselfDidNotTake() {
    Pace pace = new Pace(time);
    pace.begin();
    time.pass(Duration.ofMillis(30));
    assertThat(pace.pauseAfter(100, OptionalLong.of(1000))).isEqualTo(Duration.ofMillis(70));
    time.pass(Duration.ofMillis(70));
    pace.begin();
    time.pass(Duration.ofMillis(100));
    assertThat(pace.pauseAfter(100, OptionalLong.of(1000))).isZero();
  }

  @Test
  void aSlowBatchIsMadeUpForOnlyWhileItStillRuns() {
    Pace pace = new Pace(time);
    pace.begin();
    time.pass(Duration.ofSeconds(60));
    assertThat(pace.pauseAfter(100, OptionalLong.of(1000))).isZero();
    pace.begin();
    assertThat(pace.pauseAfter(100, OptionalLong.of(1000))).isEqualTo(Duration.ofMillis(100));
  }

  @Test
  void anotherBoundCountsAtOnce() {
    Pace pace = new Pace(time);
    pace.begin();
    assertThat(pace.pauseAfter(1000, OptionalLong.of(100))).isEqualTo(Duration.ofSeconds(10));
    time.pass(Duration.ofSeconds(1));
    assertThat(pace.left(OptionalLong.of(500))).isEqualTo(Duration.ofSeconds(1));
    assertThat(pace.left(OptionalLong.empty())).isZero();
    // What was begun and came to nothing costs nothing.
    pace.begin();
    assertThat(pace.left(OptionalLong.of(1))).isZero();
  }

  @Test
  void neverExceedsTheBoundOverManyBatches() {
    Pace pace = new Pace(time);
    long rows = 0;
    for (int i = 1; i <= 1000; i++) {
      pace.begin();
      time.pass(Duration.ofMillis(i % 90));
      rows += i % 200;
      time.pass(pace.pauseAfter(i % 200, OptionalLong.of(777)));
    }
    assertThat(rows / (time.nanos() / 1e9)).isBetween(500.0, 777.1);
  }

  @Test
  void aBatchIsNoMoreThanASecondsWorth() {
    assertThat(Pace.atMost(500, OptionalLong.of(7))).isEqualTo(7);
    assertThat(Pace.atMost(500, OptionalLong.of(7000))).isEqualTo(500);
  }
}
