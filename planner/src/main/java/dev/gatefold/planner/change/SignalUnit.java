package dev.gatefold.planner.change;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How the limit of a signal is written: a number above zero, in a unit of its own. */
enum SignalUnit {
  /** Milliseconds. */
  TIME,
  /** Bytes, written and counted as PostgreSQL does. */
  SIZE,
  NUMBER,
  PERCENT,
  /** There is no limit to be set. */
  NONE;

  private static final Pattern SIZES = Pattern.compile("(\\d{1,6})(kB|MB|GB|TB)");
  private static final Pattern SHARE = Pattern.compile("(\\d{1,5})%");

  /** Throws an {@link IllegalArgumentException} that says what is wrong. */
  long parse(String text) {
    long number =
        switch (this) {
          case TIME -> TimeSpan.parse(text).toMillis();
          case SIZE -> bytes(text);
          case NUMBER -> ChangeFile.positive(text);
          case PERCENT -> Long.parseLong(matched(SHARE, text, "a share such as 50%").group(1));
          case NONE -> throw new IllegalStateException("this signal has no limit");
        };
    if (number == 0) {
      throw new IllegalArgumentException("\"" + text + "\" is nothing at all");
    }
    return number;
  }

  private static long bytes(String text) {
    Matcher size = matched(SIZES, text, "a size such as 512kB or 64MB");
    int shift =
        switch (size.group(2)) {
          case "kB" -> 10;
          case "MB" -> 20;
          case "GB" -> 30;
          default -> 40;
        };
    return Long.parseLong(size.group(1)) << shift;
  }

  private static Matcher matched(Pattern form, String text, String words) {
    Matcher matcher = form.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("\"" + text + "\" is not " + words);
    }
    return matcher;
  }
}
