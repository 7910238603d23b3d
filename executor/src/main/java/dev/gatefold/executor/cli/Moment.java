package dev.gatefold.executor.cli;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;

/** Reads points in time: a day, which begins at midnight in UTC, or an instant with its offset. */
final class Moment {

  private Moment() {}

  static Instant parse(String text) {
    try {
      return text.contains("T")
          ? OffsetDateTime.parse(text).toInstant()
          : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "\"%s\" is no time such as 2026-11-01 or 2026-11-01T08:00:00Z".formatted(text), e);
    }
  }
}
