package dev.gatefold.backfill.pace;

import java.util.random.RandomGenerator;

/**
 * Time and chance, so that a test decides about both.
 *
 * @param random spreads the retries of several workers
 */
public record Timing(Ticker ticker, Sleeper sleeper, RandomGenerator random) {

  /** The real ones. */
  public static Timing system() {
    return new Timing(new SystemTicker(), new ThreadSleeper(), RandomGenerator.getDefault());
  }
}
