package dev.gatefold.executor.engine;

import java.time.Duration;

/**
 * How briefly a lock is asked for, and how long between.
 *
 * @param attempt how long one attempt may queue for a lock that stops writes: everybody who comes
 *     later queues behind it, so this is the longest stall that one attempt can cause
 * @param harmless how long to queue for SHARE UPDATE EXCLUSIVE, behind which nobody who reads or
 *     writes waits. Autovacuum yields it only after deadlock_timeout, one second
 * @param patience after how long to give the step up for now
 */
public record LockPolicy(Duration attempt, Duration harmless, Duration patience) {

  public static final LockPolicy DEFAULT =
      new LockPolicy(Duration.ofMillis(100), Duration.ofSeconds(5), Duration.ofMinutes(10));

  /** Pauses are at least this many times as long as an attempt, so that applications breathe. */
  private static final int REST = 10;

  private static final Duration LEAST = Duration.ofMillis(1);

  /** What is left of an attempt after a time; never nothing, for that would mean no timeout. */
  Duration rest(Duration passed) {
    Duration left = attempt.minus(passed);
    return left.compareTo(LEAST) > 0 ? left : LEAST;
  }

  /** The pause after an attempt that got no lock; {@code chance} spreads it, from 0 to 1. */
  public Duration pause(double chance) {
    return attempt.multipliedBy(REST).plusMillis((long) (attempt.toMillis() * REST * chance));
  }
}
