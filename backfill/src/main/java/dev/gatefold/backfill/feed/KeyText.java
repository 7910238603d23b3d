package dev.gatefold.backfill.feed;

import java.util.Map;

/**
 * Values of key columns as text that the server reads back as the same value. Numbers, identifiers
 * and strings come as they are; what Debezium writes in its own way is written in the server's.
 */
public final class KeyText {

  /** What becomes of a moment without end where Debezium computes with it as if it were one. */
  private static final Map<String, String> ENDLESS =
      Map.of(
          "+294247-01-10T04:00:25.2Z", "infinity",
          "-290308-12-21T19:59:27.6Z", "-infinity",
          "-5877611-06-21Z", "infinity",
          "-5877611-06-22Z", "-infinity",
          "infinity", "infinity",
          "-infinity", "-infinity");

  private KeyText() {}

  /** {@code type} is the column's, without modifier. */
  public static String of(Object value, String type) {
    String text = value.toString();
    if (type.equals("bytea")) {
      return "\\x" + text;
    }
    return type.equals("date") || type.startsWith("timestamp") ? moment(text) : text;
  }

  private static String moment(String iso) {
    String endless = ENDLESS.get(iso);
    if (endless != null) {
      return endless;
    }
    if (iso.startsWith("-")) {
      // The year before 1 is 0 in ISO 8601, and 1 BC on the server.
      int end = iso.indexOf('-', 1);
      int year = 1 - Integer.parseInt(iso.substring(0, end));
      return "%04d%s BC".formatted(year, iso.substring(end));
    }
    return iso.startsWith("+") ? iso.substring(1) : iso;
  }
}
