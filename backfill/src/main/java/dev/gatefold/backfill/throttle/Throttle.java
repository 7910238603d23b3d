package dev.gatefold.backfill.throttle;

/** Says before each batch how much the backfill has to hold back. Thread-safe. */
@FunctionalInterface
public interface Throttle {

  /** What was measured last; it waits for nothing. */
  Pressure now();

  /** Nobody is in need of anything. */
  Throttle OPEN = () -> Pressure.NONE;
}
