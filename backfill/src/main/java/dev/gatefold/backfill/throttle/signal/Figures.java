package dev.gatefold.backfill.throttle.signal;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Numbers as people read them. */
final class Figures {

  private static final List<String> SIZES = List.of("B", "kB", "MB", "GB", "TB");

  private Figures() {}

  /** With one digit after the point where it is small, such as {@code 1.5 GB} and {@code 48 MB}. */
  static String bytes(long bytes) {
    double size = (double) bytes;
    int unit = 0;
    while (size >= 1024 && unit < SIZES.size() - 1) {
      size /= 1024;
      unit++;
    }
    boolean whole = size >= 10 || size == Math.rint(size);
    return String.format(Locale.ROOT, whole ? "%.0f %s" : "%.1f %s", size, SIZES.get(unit));
  }

  /** Such as {@code 300 ms}, {@code 1.5 s} and {@code 12 min}. */
  static String time(Duration time) {
    if (time.toMillis() < 1000) {
      return time.toMillis() + " ms";
    }
    if (time.toSeconds() < 120) {
      return time.toMillis() % 1000 == 0
          ? time.toSeconds() + " s"
          : String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }
    return time.toMinutes() + " min";
  }
}
