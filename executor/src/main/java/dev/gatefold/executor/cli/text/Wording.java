package dev.gatefold.executor.cli.text;

import dev.gatefold.backfill.progress.Progress;
import dev.gatefold.backfill.progress.Remaining;
import dev.gatefold.backfill.throttle.Pressure;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** Numbers and times as people read them. */
public final class Wording {

  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final long KILO = 1024;

  private Wording() {}

  public static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** {@code 1 step}, {@code 2 steps}. */
  public static String count(long number, String noun) {
    return count(number) + " " + noun + (number == 1 ? "" : "s");
  }

  public static String time(Instant instant) {
    return SECONDS.format(instant);
  }

  /** Two digits at most, for nobody plans by more. */
  public static String duration(Duration duration) {
    long seconds = duration.toSeconds();
    if (seconds < 10) {
      return duration.toMillis() < 1000
          ? duration.toMillis() + " ms"
          : String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }
    if (seconds < 120) {
      return seconds + " s";
    }
    long minutes = duration.toMinutes();
    if (minutes < 120) {
      return minutes + " min";
    }
    return duration.toHours() < 48 ? duration.toHours() + " h" : duration.toDays() + " days";
  }

  /** How long it may take, as a range; in words where nobody can tell. */
  public static String left(Optional<Remaining> remaining) {
    if (remaining.isEmpty()) {
      return "time left unknown";
    }
    String soonest = coarse(remaining.get().soonest());
    String latest = coarse(remaining.get().latest());
    if (soonest.equals(latest)) {
      return "about " + latest + " left";
    }
    return unit(soonest).equals(unit(latest))
        ? soonest.substring(0, soonest.indexOf(' ')) + " to " + latest + " left"
        : soonest + " to " + latest + " left";
  }

  private static String coarse(Duration duration) {
    return duration(Duration.ofSeconds(Math.max(1, duration.toSeconds()))).replace(".0", "");
  }

  private static String unit(String duration) {
    return duration.substring(duration.indexOf(' '));
  }

  /** Empty where the total is unknown; never 100 before all are done. */
  public static OptionalInt percent(long done, long total) {
    if (total <= 0) {
      return OptionalInt.empty();
    }
    return OptionalInt.of((int) Math.min(done >= total ? 100 : 99, done * 100.0 / total));
  }

  /** {@code 1,200 of about 5,000 rows (24%), 300 rows/s, 10 to 13 s left}. */
  public static String progress(Progress progress) {
    StringBuilder text = new StringBuilder(count(progress.rowsDone()));
    progress
        .rowsTotalEstimate()
        .ifPresent(
            total -> {
              text.append(" of about ").append(count(total));
            });
    text.append(" rows");
    percent(progress.rowsDone(), progress.rowsTotalEstimate().orElse(0))
        .ifPresent(percent -> text.append(" (").append(percent).append("%)"));
    progress.rowsPerSecond().ifPresent(speed -> text.append(", ").append(rate(speed)));
    text.append(", ").append(left(progress.remaining()));
    if (!progress.pressure().reasons().isEmpty()) {
      text.append(", ").append(pressure(progress.pressure()));
    }
    return text.toString();
  }

  /** {@code held to 50%: replica db2 is 3 s behind}, {@code held still: somebody waits}. */
  static String pressure(Pressure pressure) {
    String share =
        pressure.holds() ? "still" : "to " + Math.max(1, Math.round(pressure.share() * 100)) + "%";
    return "held " + share + ": " + String.join("; ", pressure.reasons());
  }

  /** Whole numbers of the greatest unit of which there are at least ten. */
  static String bytes(long bytes) {
    long value = bytes;
    String[] units = {"bytes", "kB", "MB", "GB", "TB"};
    int unit = 0;
    while (value >= 10 * KILO && unit < units.length - 1) {
      value /= KILO;
      unit++;
    }
    return String.format(Locale.ROOT, "%,d %s", value, units[unit]);
  }

  static String rate(double rowsPerSecond) {
    return count(Math.round(rowsPerSecond)) + " rows/s";
  }
}
