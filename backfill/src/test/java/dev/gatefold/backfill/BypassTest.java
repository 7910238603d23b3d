package dev.gatefold.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.backfill.range.BadRow;
import dev.gatefold.backfill.range.Key;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BypassTest {

  private static List<BadRow> rows(int from, int to) {
    return IntStream.range(from, to).mapToObj(row -> new BadRow(Key.of("" + row), "bad")).toList();
  }

  @Test
  void aRowThatIsMetAgainIsStillOne() {
    Bypass bypass = new Bypass();
    for (int again = 0; again < 5; again++) {
      assertThat(bypass.takes(1, rows(0, Bypass.MOST / 2))).isTrue();
      bypass.forget();
    }
    assertThat(bypass.takes(1, rows(Bypass.MOST / 2, Bypass.MOST))).isTrue();
    assertThat(bypass.takes(1, rows(Bypass.MOST, Bypass.MOST + 1))).isFalse();
  }

  @Test
  void rowsOfTwoPartitionsMayHaveTheSamePlace() {
    Bypass bypass = new Bypass();
    assertThat(bypass.takes(1, rows(0, Bypass.MOST))).isTrue();
    assertThat(bypass.takes(2, rows(0, 1))).isFalse();
  }
}
