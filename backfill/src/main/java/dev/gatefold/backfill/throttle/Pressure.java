package dev.gatefold.backfill.throttle;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * How much a backfill holds back, and why. Immutable and thread-safe.
 *
 * @param share of the time that it may work, from 0, holding still, to 1, at full speed; a worker
 *     rests after a batch until the batch was no more than that of it
 * @param reasons in words, for people; never branched on
 */
public record Pressure(double share, List<String> reasons) {

  /**
   * What is left where nobody can tell how the others fare, or where they have much to do: one
   * four-hundredth of the time, by one worker. On two cores that others used by half that was 180
   * to 330 rows a second (see {@code docs/benchmarks.md}). Its batches are as long as ever: with as
   * much of the time, many small ones disturb more transactions than a few long ones, and get less
   * done.
   */
  public static final double MINIMUM = 0.0025;

  public static final Pressure NONE = new Pressure(1, List.of());

  public Pressure {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("a share of the time lies from 0 to 1, not at " + share);
    }
    reasons = List.copyOf(reasons);
  }

  /** Nothing may be written until it is over. */
  public static Pressure hold(String reason) {
    return new Pressure(0, List.of(reason));
  }

  public static Pressure minimum(String reason) {
    return new Pressure(MINIMUM, List.of(reason));
  }

  public static Pressure slow(double share, String reason) {
    return new Pressure(share, List.of(reason));
  }

  /** The stronger of two, with its reasons; those of both where they are as strong. */
  public Pressure and(Pressure other) {
    if (share == other.share) {
      return new Pressure(
          share, Stream.concat(reasons.stream(), other.reasons.stream()).distinct().toList());
    }
    return share < other.share ? this : other;
  }

  /** The same for work that is no less than a share of the time; what holds still, holds still. */
  public Pressure atLeast(double least) {
    return holds() || share >= least ? this : new Pressure(least, reasons);
  }

  /** How long a worker rests after work that took so long; no time at all where it holds still. */
  public Duration restAfter(Duration work) {
    return share == 0 || share == 1
        ? Duration.ZERO
        : Duration.ofNanos((long) (work.toNanos() * (1 / share - 1)));
  }

  public boolean holds() {
    return share == 0;
  }
}
