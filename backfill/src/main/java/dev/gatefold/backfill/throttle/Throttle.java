package dev.gatefold.backfill.throttle;

import java.util.List;

/** Says before each batch how much the backfill has to hold back. Thread-safe. */
@FunctionalInterface
public interface Throttle {

  /** What was measured last; it waits for nothing. */
  Pressure now();

  /** Says what the strongest of them says. */
  static Throttle all(List<? extends Throttle> throttles) {
    return () -> throttles.stream().map(Throttle::now).reduce(Pressure.NONE, Pressure::and);
  }

  /** Nobody is in need of anything. */
  Throttle OPEN = () -> Pressure.NONE;
}
