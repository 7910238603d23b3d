package dev.gatefold.backfill;

import java.time.Duration;

/**
 * How many workers are worth their connections. One is added and kept if all together then move
 * markedly more rows; under any pressure there is only one. Not thread-safe.
 */
final class CrewSize {

  /** Long enough that one slow batch does not decide. */
  static final Duration TRIAL = Duration.ofSeconds(1);

  /** How long a worker too many is not tried again. */
  static final Duration PATIENCE = Duration.ofMinutes(1);

  /** What all must move more with one more: less is not worth what the applications lose. */
  static final double GAIN = 1.15;

  private int size = 1;
  private boolean onTrial;
  private double before;
  private long since;
  private long rows;
  private long notBefore;

  CrewSize(long nanos) {
    this.since = nanos;
    this.notBefore = nanos;
  }

  /**
   * Decides anew.
   *
   * @param passed rows that all have done since it was asked last
   * @param most how many there may be
   */
  int after(long nanos, long passed, double share, int most) {
    rows += passed;
    if (share < 1 || size > most) {
      settle(nanos, share < 1 ? 1 : most);
    } else if (nanos - since >= TRIAL.toNanos()) {
      judge(nanos, rows * 1e9 / (nanos - since), most);
    }
    return size;
  }

  private void judge(long nanos, double rate, int most) {
    if (onTrial && rate < before * GAIN) {
      notBefore = nanos + PATIENCE.toNanos();
      settle(nanos, size - 1);
    } else if (size < most && nanos >= notBefore) {
      before = rate;
      settle(nanos, size + 1);
      onTrial = true;
    } else {
      settle(nanos, size);
    }
  }

  private void settle(long nanos, int to) {
    size = to;
    onTrial = false;
    since = nanos;
    rows = 0;
  }
}
