package dev.gatefold.backfill.pace;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long a hindered batch waits before it tries again: 100 ms at first, twice as long each time,
 * never more than 10 s, less up to a half at random. A batch holds others up for at most its lock
 * timeout of 50 ms, so that the applications have the rows to themselves for longer than it does.
 */
public record Backoff(RandomGenerator random) {

  private static final long FIRST_MILLIS = 100;
  private static final long MOST_MILLIS = 10_000;

  /** After this many failures in a row a smaller batch is worth more than patience. */
  public static final int PATIENCE = 3;

  /**
   * The next pause.
   *
   * @param failures how many in a row, from 1
   */
  public Duration pause(int failures) {
    long full = Math.min(MOST_MILLIS, FIRST_MILLIS << Math.min(failures - 1, 20));
    return Duration.ofMillis(full / 2 + random.nextLong(full / 2 + 1));
  }
}
