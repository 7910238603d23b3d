package dev.gatefold.planner.change;

import java.time.Duration;

/**
 * A question of the team's own, put to the database at a gate.
 *
 * @param name what it is called in evidence
 * @param sql answers one row with one boolean; true opens the gate
 * @param timeout how long the server may think about it
 */
public record SqlCheck(String name, String sql, Duration timeout) {

  /** For a check that names no timeout. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);
}
