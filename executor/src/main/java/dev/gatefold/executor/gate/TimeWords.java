package dev.gatefold.executor.gate;

import java.time.Duration;

/** Spans of time as settings write them. */
final class TimeWords {

  private TimeWords() {}

  /** In the largest unit that leaves no rest, such as {@code 24 h}. */
  static String of(Duration span) {
    if (span.toMillis() % 1000 != 0) {
      return span.toMillis() + " ms";
    }
    long seconds = span.toSeconds();
    if (seconds % 60 != 0) {
      return seconds + " s";
    }
    if (seconds % 3600 != 0) {
      return seconds / 60 + " min";
    }
    return seconds % 86_400 == 0 && seconds > 86_400
        ? seconds / 86_400 + " days"
        : seconds / 3600 + " h";
  }
}
