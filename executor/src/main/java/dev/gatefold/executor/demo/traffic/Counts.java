package dev.gatefold.executor.demo.traffic;

import java.time.Duration;

/**
 * What the applications met.
 *
 * @param longest the longest single statement
 * @param lost orders that were not as the client had last written them
 */
public record Counts(long statements, long failed, Duration longest, long lost) {

  public boolean clean() {
    return failed == 0 && lost == 0;
  }
}
