package dev.gatefold.planner.plan;

/**
 * A setting of the server and its value, for a session or one transaction of it. Immutable and
 * thread-safe.
 */
public record SessionSetting(String name, String value) {

  /** Under which the server fires neither users' triggers nor those of foreign keys. */
  public static final SessionSetting AS_REPLICA =
      new SessionSetting("session_replication_role", "replica");

  /**
   * Reads {@code name=value}.
   *
   * @throws IllegalArgumentException where there is no equals sign
   */
  public static SessionSetting parse(String text) {
    int equals = text.indexOf('=');
    if (equals < 1) {
      throw new IllegalArgumentException("\"" + text + "\" is not of the form name=value");
    }
    return new SessionSetting(text.substring(0, equals), text.substring(equals + 1));
  }
}
