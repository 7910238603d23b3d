package dev.gatefold.backfill.progress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.backfill.testing.ManualTime;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ProgressMeterTest {

  private final ManualTime time = new ManualTime();

  private Progress after(ProgressMeter meter, int batches, Duration each, long rows) {
    for (int i = 1; i < batches; i++) {
      time.pass(each);
      meter.passed(rows);
    }
    time.pass(each);
    return meter.passed(rows);
  }

  @Test
  void saysNothingAboutTheEndBeforeItHasSeenEnough() {
    ProgressMeter few = new ProgressMeter(time, OptionalLong.of(1000), 0);
    Progress nine = after(few, 9, Duration.ofSeconds(1), 10);
    assertThat(nine.remaining()).isEmpty();
    assertThat(nine.rowsPerSecond()).hasValue(10);
    assertThat(after(few, 1, Duration.ofSeconds(1), 10).remaining()).isPresent();

    ProgressMeter brief = new ProgressMeter(time, OptionalLong.of(100_000), 0);
    assertThat(after(brief, 29, Duration.ofMillis(100), 10).remaining()).isEmpty();
    assertThat(after(brief, 1, Duration.ofMillis(100), 10).remaining()).isPresent();
  }

  @Test
  void anEvenSpeedGivesOneAnswer() {
    ProgressMeter meter = new ProgressMeter(time, OptionalLong.of(10_000), 0);
    Progress progress = after(meter, 20, Duration.ofSeconds(1), 100);
    assertThat(progress.remaining())
        .contains(new Remaining(Duration.ofSeconds(80), Duration.ofSeconds(80)));
  }

  @Test
  void anUnevenSpeedGivesARangeThatHoldsBothExtremes() {
    ProgressMeter meter = new ProgressMeter(time, OptionalLong.of(10_000), 0);
    after(meter, 8, Duration.ofSeconds(1), 200);
    Progress progress = after(meter, 8, Duration.ofSeconds(1), 50);
    Remaining remaining = progress.remaining().orElseThrow();
    assertThat(remaining.soonest()).isEqualTo(Duration.ofSeconds(8000 / 200));
    assertThat(remaining.latest()).isEqualTo(Duration.ofSeconds(8000 / 50));
  }

  @Test
  void aStandstillHasNoEnd() {
    ProgressMeter meter = new ProgressMeter(time, OptionalLong.of(10_000), 0);
    after(meter, 10, Duration.ofSeconds(1), 100);
    assertThat(after(meter, 10, Duration.ofSeconds(1), 0).remaining()).isEmpty();
  }

  @Test
  void speedIsThatOfTheLastHalfMinute() {
    ProgressMeter meter = new ProgressMeter(time, OptionalLong.empty(), 0);
    after(meter, 100, Duration.ofSeconds(1), 1000);
    assertThat(after(meter, 30, Duration.ofSeconds(1), 10).rowsPerSecond()).hasValue(10);
  }

  @Test
  void whatEarlierRunsDidIsNotSpeed() {
    ProgressMeter meter = new ProgressMeter(time, OptionalLong.of(1_000_500), 1_000_000);
    Progress progress = after(meter, 10, Duration.ofSeconds(1), 10);
    assertThat(progress.rowsDone()).isEqualTo(1_000_100);
    assertThat(progress.rowsPerSecond()).hasValue(10);
    assertThat(progress.remaining().orElseThrow().latest()).isEqualTo(Duration.ofSeconds(40));
  }

  @Test
  void theTotalIsNeverLessThanWhatIsDone() {
    ProgressMeter meter = new ProgressMeter(time, OptionalLong.of(50), 0);
    assertThat(meter.passed(40).rowsTotalEstimate()).hasValue(50);
    Progress beyond = after(meter, 20, Duration.ofSeconds(1), 40);
    assertThat(beyond.rowsTotalEstimate()).hasValue(840);
    // The estimate was wrong, so nothing is known about what is left.
    assertThat(beyond.remaining()).isEmpty();
  }

  @Test
  void anUnknownTotalStaysUnknown() {
    ProgressMeter meter = new ProgressMeter(time, OptionalLong.empty(), 0);
    Progress progress = after(meter, 20, Duration.ofSeconds(1), 40);
    assertThat(progress.rowsTotalEstimate()).isEmpty();
    assertThat(progress.remaining()).isEmpty();
  }

  @Test
  void withoutTimeThereIsNoSpeed() {
    assertThat(new ProgressMeter(time, OptionalLong.of(5), 0).passed(5).rowsPerSecond()).isEmpty();
  }
}
