package dev.gatefold.planner.dialect.postgres;

import dev.gatefold.planner.name.Literal;
import dev.gatefold.planner.plan.SessionSetting;

/** Session settings by which writes of ours are known, as SQL; each is given as name=value. */
final class SettingSql {

  private SettingSql() {}

  static String name(String whole) {
    return Literal.of(SessionSetting.parse(whole).name());
  }

  static String value(String whole) {
    return Literal.of(SessionSetting.parse(whole).value());
  }

  /** Whether a session has it. */
  static String isSet(String whole) {
    return "pg_catalog.current_setting(%s, true) IS NOT DISTINCT FROM %s"
        .formatted(name(whole), value(whole));
  }

  /** Whether it has not. */
  static String isNotSet(String whole) {
    return "pg_catalog.current_setting(%s, true) IS DISTINCT FROM %s"
        .formatted(name(whole), value(whole));
  }
}
