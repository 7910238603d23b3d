package dev.gatefold.backfill.throttle;

import dev.gatefold.backfill.pace.Pace;
import dev.gatefold.backfill.pace.Ticker;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * How long a worker still rests. It is reckoned anew whenever somebody asks: a throttle that lets
 * go, or a greater speed, shortens what is owed. Not thread-safe.
 */
public final class Rest {

  /**
   * So long at most one sleeps before one looks again. New settings take half a second to be read:
   * together it is the second within which they shall count.
   */
  public static final Duration SLICE = Duration.ofMillis(500);

  /** How often whoever waits asks the owner's record whether it is still wanted. */
  public static final Duration BETWEEN_QUESTIONS = Duration.ofSeconds(1);

  private final Ticker ticker;
  private final Pace pace;
  private Duration work = Duration.ZERO;
  private long ended;
  private long backOffUntil;

  public Rest(Ticker ticker) {
    this.ticker = ticker;
    this.pace = new Pace(ticker);
    this.ended = ticker.nanos();
    this.backOffUntil = ended;
  }

  /** To be called before work begins, which then counts into its time. */
  public void begin() {
    pace.begin();
  }

  /**
   * After work.
   *
   * @param rows that were passed
   * @param slept how much of the time it had rested already
   */
  public void after(long rows, Duration took, Duration slept, OptionalLong rowsPerSecond) {
    work = took.minus(slept);
    ended = ticker.nanos() - slept.toNanos();
    pace.pauseAfter(rows, rowsPerSecond);
  }

  /** Whoever was in the way has so long, whatever else is owed. */
  public void backOff(Duration pause) {
    backOffUntil = ticker.nanos() + pause.toNanos();
  }

  /** What is left of that. */
  public Duration ofBackOff() {
    return Duration.ofNanos(Math.max(0, backOffUntil - ticker.nanos()));
  }

  /** All that is left under what is true now; zero where the next work may begin. */
  public Duration left(Pressure pressure, OptionalLong rowsPerSecond) {
    long rested = ticker.nanos() - ended;
    Duration forOthers = pressure.restAfter(work).minusNanos(rested);
    return longer(ofBackOff(), longer(forOthers, pace.left(rowsPerSecond)));
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? other : one;
  }

  /** The beginning of a pause, after which one looks again. */
  public static Duration slice(Duration pause) {
    return pause.compareTo(SLICE) < 0 ? pause : SLICE;
  }
}
