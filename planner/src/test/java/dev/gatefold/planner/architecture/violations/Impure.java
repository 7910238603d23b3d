package dev.gatefold.planner.architecture.violations;

import java.sql.Connection;
import java.time.Clock;
import java.time.Instant;
import org.yaml.snakeyaml.Yaml;

/** Breaks the rules that keep the planner a pure function. */
public record Impure(Connection connection, Yaml yaml) {
  static boolean isSystem(Clock clock) {
    return clock.equals(Clock.systemUTC());
  }

  static Instant read() {
    return Instant.now();
  }

  static long nanos() {
    return System.nanoTime();
  }
}
