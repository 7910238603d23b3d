package dev.gatefold.backfill.session;

/** A setting of the server and its value for one transaction. Immutable and thread-safe. */
public record Setting(String name, String value) {

  /**
   * Reads {@code name=value}.
   *
   * @throws IllegalArgumentException where there is no equals sign
   */
  public static Setting parse(String text) {
    int equals = text.indexOf('=');
    if (equals < 1) {
      throw new IllegalArgumentException("\"" + text + "\" is not of the form name=value");
    }
    return new Setting(text.substring(0, equals), text.substring(equals + 1));
  }
}
