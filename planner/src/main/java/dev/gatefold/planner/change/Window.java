package dev.gatefold.planner.change;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The only time in which a backfill begins batches: every day, as in {@code 01:00-05:00
 * Europe/Berlin}, or on the days on which it opens, as in {@code Sat,Sun 22:00-06:00 UTC} and
 * {@code Mon-Fri 20:00-24:00 UTC}. Where it closes no later than it opens, it closes on the day
 * after. Pure and immutable.
 *
 * <p>It follows the clock on the wall of its zone. A time that the clock skips is the moment in
 * which it skips; one that comes twice is the first of the two.
 */
public record Window(@JsonValue String words) {

  private static final String TIME = "(\\d\\d:\\d\\d)";
  private static final Pattern FORM =
      Pattern.compile("(?:(\\S+) )?" + TIME + " ?- ?" + TIME + " (\\S+)");

  /** A week, and what a zone may leave out of it: at least one whole window lies within. */
  private static final int DAYS_AHEAD = 15;

  /** Throws an {@link IllegalArgumentException} that says what is wrong. */
  @JsonCreator
  public Window {
    try {
      Form.of(words);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "\"%s\" names no such time: %s".formatted(words, e.getMessage()), e);
    }
  }

  /** When it closes, if it is open; in that instant it is closed. */
  public Optional<Instant> closes(Instant now) {
    return around(now)
        .filter(span -> !now.isBefore(span.opens()))
        .map(Span::closes)
        .max(Instant::compareTo);
  }

  /** When it opens, if it is closed. */
  public Optional<Instant> opens(Instant now) {
    return closes(now).isPresent()
        ? Optional.empty()
        : around(now).map(Span::opens).min(Instant::compareTo);
  }

  /** All that are not over yet, of the days around. */
  private Stream<Span> around(Instant now) {
    Form form = Form.of(words);
    LocalDate today = now.atZone(form.zone()).toLocalDate();
    // What opened yesterday may still be open.
    return IntStream.rangeClosed(-1, DAYS_AHEAD)
        .mapToObj(today::plusDays)
        .flatMap(day -> form.on(day).stream())
        .filter(span -> now.isBefore(span.closes()));
  }

  private record Span(Instant opens, Instant closes) {}

  private record Form(Set<DayOfWeek> days, LocalTime from, LocalTime to, ZoneId zone) {

    static Form of(String words) {
      Matcher matcher = FORM.matcher(words);
      if (!matcher.matches()) {
        throw new IllegalArgumentException(
            "\"%s\" is not a time such as \"01:00-05:00 Europe/Berlin\" or \"Sat,Sun 22:00-06:00 UTC\""
                .formatted(words));
      }
      LocalTime from = LocalTime.parse(matcher.group(2));
      // As a day's end people write 24:00, which is midnight of the day after.
      String end = matcher.group(3);
      LocalTime to = end.equals("24:00") ? LocalTime.MIDNIGHT : LocalTime.parse(end);
      if (from.equals(to) && !end.equals("24:00")) {
        throw new IllegalArgumentException("\"%s\" closes when it opens".formatted(words));
      }
      Optional<String> days = Optional.ofNullable(matcher.group(1));
      return new Form(
          days.map(Weekdays::parse).orElse(Weekdays.ALL), from, to, ZoneId.of(matcher.group(4)));
    }

    /** The window that opens on a day; empty where the clock skips it whole. */
    Optional<Span> on(LocalDate day) {
      if (!days.contains(day.getDayOfWeek())) {
        return Optional.empty();
      }
      Instant opens = moment(day.atTime(from));
      Instant closes = moment((to.isAfter(from) ? day : day.plusDays(1)).atTime(to));
      return opens.isBefore(closes) ? Optional.of(new Span(opens, closes)) : Optional.empty();
    }

    private Instant moment(LocalDateTime local) {
      Optional<ZoneOffsetTransition> change =
          Optional.ofNullable(zone.getRules().getTransition(local));
      return change
          .filter(ZoneOffsetTransition::isGap)
          .map(ZoneOffsetTransition::getInstant)
          // Of two offsets the earlier one, which is the first of two equal times.
          .orElseGet(() -> local.atZone(zone).toInstant());
    }
  }
}
