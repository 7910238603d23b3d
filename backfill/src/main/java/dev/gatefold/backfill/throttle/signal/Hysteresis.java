package dev.gatefold.backfill.throttle.signal;

/**
 * Remembers that a limit was passed until the value has been well below it for a while: what hovers
 * about its limit must not make a backfill start and stop with it. Not thread-safe.
 */
final class Hysteresis {

  /** Well below is this share of the limit, or less. */
  static final double CALM = 0.75;

  /** One calm measurement may be luck. */
  private static final int CALM_MEASUREMENTS = 2;

  private boolean passed;
  private int calm;

  /**
   * Takes a measurement; answers whether the limit counts as passed.
   *
   * @param ratio of the value to its limit
   */
  boolean passed(double ratio) {
    calm = ratio <= CALM ? calm + 1 : 0;
    passed = ratio > 1 || (passed && calm < CALM_MEASUREMENTS);
    return passed;
  }
}
