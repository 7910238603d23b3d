package dev.gatefold.backfill.range;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatefold.backfill.range.Detour.Leg;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DetourTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''      | 0-9:5",
        "5       | 0-4:2 4-5! 5-9:2",
        "2       | 0-2! 2-9:4",
        "9       | 0-7:4 7-9!",
        "4 5     | 0-2:1 2-4! 4-5! 5-9:2",
        "2 4 5 7 9 | 0-2! 2-4! 4-5! 5-7! 7-9!",
      })
  void everyRowIsInOnePart(String blocked, String way) {
    KeyRange range = new KeyRange(Optional.of(Key.of("0")), Key.of("9"));
    List<Leg> legs = Detour.past(range, keys("2 4 5 7 9"), Set.copyOf(keys(blocked)));
    assertThat(legs.stream().map(DetourTest::words).collect(Collectors.joining(" ")))
        .isEqualTo(way);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"8 | 0-7:4 7-8! 8-9:0", "'' | 0-9:5"})
  void theWayEndsWhereTheRangeDoes(String blocked, String way) {
    KeyRange range = new KeyRange(Optional.of(Key.of("0")), Key.of("9"));
    List<Leg> legs = Detour.past(range, keys("2 4 5 7 8"), Set.copyOf(keys(blocked)));
    assertThat(legs.stream().map(DetourTest::words).collect(Collectors.joining(" ")))
        .isEqualTo(way);
  }

  private static List<Key> keys(String words) {
    return words.isEmpty() ? List.of() : Stream.of(words.split(" ")).map(Key::of).toList();
  }

  private static String words(Leg leg) {
    return "%s-%s%s"
        .formatted(
            leg.range().after().map(Key::toString).orElse(""),
            leg.range().end(),
            leg.passable() ? ":" + leg.rows() : "!");
  }
}
