package dev.gatefold.backfill.feed.apply;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The log knows 32 bits of a number of which a snapshot has 64. */
class VisibilityTest {

  @ParameterizedTest
  @CsvSource({
    "99, true",
    "100, false",
    "101, true",
    "104, false",
    "105, true",
    "109, true",
    "110, false",
    "111, false"
  })
  void onlyWhatHasEndedIsSeen(long transaction, boolean seen) {
    assertThat(Visibility.of("100:110:100,104").sees(transaction)).isEqualTo(seen);
  }

  @Test
  void nothingOpen() {
    assertThat(Visibility.of("7:7:").sees(6)).isTrue();
    assertThat(Visibility.of("7:7:").sees(7)).isFalse();
  }

  @Test
  void theNearestNumberIsMeantAcrossTheTurnOfThe32Bits() {
    long turn = 3L << 32;
    Visibility after = Visibility.of("%d:%d:%d".formatted(turn - 2, turn + 5, turn - 2));
    assertThat(after.sees(0xFFFF_FFFDL)).as("before the turn, ended").isTrue();
    assertThat(after.sees(0xFFFF_FFFEL)).as("before the turn, open").isFalse();
    assertThat(after.sees(4)).as("after the turn, ended").isTrue();
    assertThat(after.sees(5)).as("not begun").isFalse();
    Visibility before = Visibility.of("%d:%d:".formatted(turn - 2, turn - 2));
    assertThat(before.sees(1)).as("begun after the snapshot, beyond the turn").isFalse();
  }
}
