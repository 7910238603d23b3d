package dev.gatefold.backfill.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LanesTest {

  /** What an earlier version has put into a lane, a later one must look for there. */
  @Test
  void aKeyStaysInItsLane() {
    assertThat(Lanes.of(List.of("1"), 8)).isEqualTo(6);
    assertThat(Lanes.of(List.of("2"), 8)).isEqualTo(5);
    assertThat(Lanes.of(List.of("a", "b"), 8)).isEqualTo(6);
    assertThat(Lanes.of(List.of("c6bf7a3e-5f0e-4c6b-8a44-8f3d5a0cf9a1"), 64)).isEqualTo(31);
  }

  @Test
  void consecutiveKeysAreSpread() {
    Map<Integer, Long> lanes =
        IntStream.range(0, 8000)
            .mapToObj(number -> Lanes.of(List.of(Integer.toString(number)), 8))
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    assertThat(lanes)
        .hasSize(8)
        .allSatisfy((lane, keys) -> assertThat(keys).isBetween(900L, 1100L));
  }
}
