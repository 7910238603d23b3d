package dev.gatefold.planner.change;

import java.time.DayOfWeek;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The days of a week as files name them: {@code Fri}, {@code Mon-Fri}, {@code Sat,Sun}. */
final class Weekdays {

  static final Set<DayOfWeek> ALL = Set.of(DayOfWeek.values());

  private static final List<String> WORDS =
      List.of("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun");

  private Weekdays() {}

  /** One day. Throws an {@link IllegalArgumentException} that says what is wrong. */
  static DayOfWeek day(String word) {
    int number = WORDS.indexOf(word);
    if (number < 0) {
      throw new IllegalArgumentException(
          "\"%s\" is no day; there are %s".formatted(word, String.join(", ", WORDS)));
    }
    return DayOfWeek.of(number + 1);
  }

  /** Days and spans of days, with commas between them; a span may go beyond Sunday. */
  static Set<DayOfWeek> parse(String words) {
    EnumSet<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    for (String part : List.of(words.split(",", -1))) {
      List<String> ends = List.of(part.split("-", 2));
      DayOfWeek last = day(ends.get(ends.size() - 1));
      for (DayOfWeek day = day(ends.get(0)); day != last; day = day.plus(1)) {
        days.add(day);
      }
      days.add(last);
    }
    return days;
  }
}
