package dev.gatefold.planner.change;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjusters;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A time in which a stage does not run: every week, as in {@code Fri 16:00 - Mon 08:00
 * Europe/Berlin}, or once, as in {@code 2026-12-20 00:00 - 2027-01-04 08:00 UTC}.
 */
public record FreezeWindow(@JsonValue String words) {

  private static final String TIME = "(\\d\\d:\\d\\d)";
  private static final Pattern WEEKLY =
      Pattern.compile("(\\w{3}) " + TIME + " - (\\w{3}) " + TIME + " (\\S+)");
  private static final String DATE = "(\\d{4}-\\d\\d-\\d\\d) ";
  private static final Pattern ONCE =
      Pattern.compile(DATE + TIME + " - " + DATE + TIME + " (\\S+)");

  /** Throws an {@link IllegalArgumentException} that says what is wrong. */
  @JsonCreator
  public FreezeWindow {
    try {
      until(words, Instant.EPOCH);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "\"%s\" names no such time: %s".formatted(words, e.getMessage()), e);
    }
  }

  /** When it ends, if the instant lies in it; its end is not in it any more. */
  public Optional<Instant> until(Instant now) {
    return until(words, now);
  }

  private static Optional<Instant> until(String words, Instant now) {
    Matcher weekly = WEEKLY.matcher(words);
    if (weekly.matches()) {
      return weekly(weekly, now.atZone(ZoneId.of(weekly.group(5))));
    }
    Matcher once = ONCE.matcher(words);
    if (once.matches()) {
      return once(once, now);
    }
    throw new IllegalArgumentException(
        "\"%s\" is not a time such as \"Fri 16:00 - Mon 08:00 Europe/Berlin\" or \"2026-12-20 00:00 - 2027-01-04 08:00 UTC\""
            .formatted(words));
  }

  private static Optional<Instant> weekly(Matcher words, ZonedDateTime now) {
    DayOfWeek from = Weekdays.day(words.group(1));
    LocalTime fromTime = LocalTime.parse(words.group(2));
    DayOfWeek to = Weekdays.day(words.group(3));
    LocalTime toTime = LocalTime.parse(words.group(4));
    // By the calendar of the zone, so that a night in which the clock is put back is a long one.
    ZonedDateTime begin = now.with(TemporalAdjusters.previousOrSame(from)).with(fromTime);
    if (begin.isAfter(now)) {
      begin = begin.minusWeeks(1);
    }
    ZonedDateTime end = begin.with(TemporalAdjusters.nextOrSame(to)).with(toTime);
    if (!end.isAfter(begin)) {
      end = end.plusWeeks(1);
    }
    return end.isAfter(now) ? Optional.of(end.toInstant()) : Optional.empty();
  }

  private static Optional<Instant> once(Matcher words, Instant now) {
    ZoneId zone = ZoneId.of(words.group(5));
    Instant begin = moment(words.group(1), words.group(2), zone);
    Instant end = moment(words.group(3), words.group(4), zone);
    if (!end.isAfter(begin)) {
      throw new IllegalArgumentException("\"%s\" ends before it begins".formatted(words.group()));
    }
    return now.isBefore(begin) || !now.isBefore(end) ? Optional.empty() : Optional.of(end);
  }

  private static Instant moment(String date, String time, ZoneId zone) {
    return LocalDateTime.parse(date + "T" + time).atZone(zone).toInstant();
  }
}
