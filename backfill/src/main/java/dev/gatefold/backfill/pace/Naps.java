package dev.gatefold.backfill.pace;

import java.time.Duration;

/**
 * What the naps of one worker's batches take: under load waking up takes longer than the nap, and
 * where nobody may sleep they take nothing. Immutable: each measurement answers with the next.
 *
 * @param nap how long one takes, on average
 */
public record Naps(Duration nap) {

  /** Before the first. */
  public static final Naps USUAL = new Naps(Breath.NAP);

  /** How much of what is known the next batch changes: their number is chance. */
  private static final double WEIGHT = 0.2;

  /**
   * After a statement.
   *
   * @param napped rows for which there might have been one
   * @param slept by all naps
   */
  public Naps measured(Breath breath, long napped, Duration slept) {
    if (breath.isHeld() || napped < breath.rows()) {
      return this;
    }
    double now = (double) slept.toNanos() * breath.rows() / napped;
    return new Naps(Duration.ofNanos((long) (nap.toNanos() + WEIGHT * (now - nap.toNanos()))));
  }

  /**
   * How many rows take as long with naps as so many without.
   *
   * @param size rows that take the target time without naps
   */
  public int fitting(Breath breath, int size, Duration target) {
    if (breath.isHeld()) {
      return size;
    }
    double naps = (double) target.toNanos() * breath.rows() / Math.max(1, nap.toNanos());
    return (int) Math.max(1, size * naps / (size + naps));
  }
}
