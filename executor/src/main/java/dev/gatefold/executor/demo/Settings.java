package dev.gatefold.executor.demo;

import java.time.Duration;
import java.util.List;

/**
 * How large the story is.
 *
 * @param rows orders that the table begins with
 * @param connections of each version of the application
 * @param watch how long to watch the applications after each stage
 * @param gatefold how to start Gatefold as a process of its own, without the verb
 */
public record Settings(long rows, int connections, Duration watch, List<String> gatefold) {

  public static final long ROWS = 300_000;

  /** Seconds that the backfill of the retype is stretched to, so that there is time to kill it. */
  private static final int SECONDS_TO_KILL = 4;

  public Settings {
    gatefold = List.copyOf(gatefold);
  }

  public static Settings of(long rows, List<String> gatefold) {
    return new Settings(rows, 2, Duration.ofMillis(500), gatefold);
  }

  /** How many rows the worker has moved when it is killed. */
  long killAfter() {
    return rows / 3;
  }

  long rowsPerSecond() {
    return Math.max(1, rows / SECONDS_TO_KILL);
  }
}
