package dev.gatefold.executor.demo;

import dev.gatefold.executor.demo.traffic.Counts;
import java.time.Duration;
import java.util.Locale;

/** Numbers as people read them. */
final class Figures {

  private Figures() {}

  static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  static String rows(long rows) {
    return number(rows) + (rows == 1 ? " row" : " rows");
  }

  static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
  }

  static String millis(Duration time) {
    return number(time.toMillis()) + " ms";
  }

  static String of(Counts counts) {
    return "%s statements, %s failed, longest %s"
        .formatted(number(counts.statements()), number(counts.failed()), millis(counts.longest()));
  }
}
