package dev.gatefold.planner.change;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When something is to begin again and again: five fields of cron and a time zone, as in {@code 0 2
 * * * SUN Europe/Berlin}. What the fields mean is for whoever keeps the time.
 */
public record Schedule(String words) {

  private static final Pattern FORM = Pattern.compile("((?:\\S+ +){4}\\S+) +(\\S+)");

  /** Throws an {@link IllegalArgumentException} that says what is wrong. */
  public Schedule {
    try {
      ZoneId.of(form(words).group(2));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "\"%s\" names no time zone: %s".formatted(words, e.getMessage()), e);
    }
  }

  public String cron() {
    return form(words).group(1);
  }

  public ZoneId zone() {
    return ZoneId.of(form(words).group(2));
  }

  private static Matcher form(String words) {
    Matcher matcher = FORM.matcher(words);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "\"%s\" is not a schedule such as \"0 2 * * SUN Europe/Berlin\": minute, hour, day, month, weekday and a time zone"
              .formatted(words));
    }
    return matcher;
  }
}
