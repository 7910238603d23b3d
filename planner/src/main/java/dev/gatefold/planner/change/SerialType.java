package dev.gatefold.planner.change;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The words that are no types, but an integer with a sequence of its own. */
final class SerialType {

  private static final Map<String, String> INTEGERS =
      Map.of(
          "smallserial", "smallint",
          "serial2", "smallint",
          "serial", "integer",
          "serial4", "integer",
          "bigserial", "bigint",
          "serial8", "bigint");

  private SerialType() {}

  /** The type of the numbers. */
  static Optional<String> integer(String type) {
    return Optional.ofNullable(INTEGERS.get(type.strip().toLowerCase(Locale.ROOT)));
  }
}
