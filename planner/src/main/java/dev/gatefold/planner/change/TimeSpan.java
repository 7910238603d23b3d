package dev.gatefold.planner.change;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads times such as {@code 90s}, {@code 10m}, {@code 24h} and {@code 30d}. */
public final class TimeSpan {

  private static final Pattern FORM = Pattern.compile("(\\d{1,6})(ms|s|m|h|d)");

  private TimeSpan() {}

  /**
   * Reads a whole number with a unit.
   *
   * @throws IllegalArgumentException saying what is wrong
   */
  public static Duration parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is not a time such as 90s, 10m, 24h or 30d");
    }
    ChronoUnit unit =
        switch (matcher.group(2)) {
          case "ms" -> ChronoUnit.MILLIS;
          case "s" -> ChronoUnit.SECONDS;
          case "m" -> ChronoUnit.MINUTES;
          case "h" -> ChronoUnit.HOURS;
          default -> ChronoUnit.DAYS;
        };
    return Duration.of(Long.parseLong(matcher.group(1)), unit);
  }
}
